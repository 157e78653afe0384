import { isObject, type JsonObject, objectsIn } from '../../../slack/json-object.js';
import { Element } from './elements/element.js';
import { TextObject } from './text-object.js';

/** Text or fields at the left, one element at the right. */
export function SectionBlock({ block }: { block: JsonObject }) {
  const fields = objectsIn(block.fields);
  return (
    <div className="slk-section">
      <div className="slk-section-text">
        {block.text === undefined ? null : <TextObject text={block.text} />}
        {fields.length === 0 ? null : (
          <div className="slk-fields">
            {fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fields have nothing but their place.
              <TextObject key={index} text={field} />
            ))}
          </div>
        )}
      </div>
      {isObject(block.accessory) ? (
        <div className="slk-accessory">
          <Element block={block} element={block.accessory} />
        </div>
      ) : null}
    </div>
  );
}

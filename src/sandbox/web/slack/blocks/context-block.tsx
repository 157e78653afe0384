import { type JsonObject, objectsIn, stringIn } from '../../../slack/json-object.js';
import { TextObject } from './text-object.js';

/** Small words and pictures in a line. */
export function ContextBlock({ block }: { block: JsonObject }) {
  return (
    <div className="slk-context">
      {objectsIn(block.elements).map((element, index) =>
        element.type === 'image' ? (
          <img
            alt={stringIn(element, 'alt_text') ?? ''}
            height={20}
            // biome-ignore lint/suspicious/noArrayIndexKey: elements have nothing but their place.
            key={index}
            src={stringIn(element, 'image_url')}
            width={20}
          />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: elements have nothing but their place.
          <TextObject key={index} text={element} />
        ),
      )}
    </div>
  );
}

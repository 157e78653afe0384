import { type JsonObject, objectsIn } from '../../../slack/json-object.js';
import { Element } from './elements/element.js';

export function ActionsBlock({ block }: { block: JsonObject }) {
  return (
    <div className="slk-actions">
      {objectsIn(block.elements).map((element, index) => (
        <Element block={block} element={element} key={String(element.action_id ?? index)} />
      ))}
    </div>
  );
}

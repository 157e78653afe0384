import { isObject, type JsonObject, objectsIn } from '../json-object.js';
import { Refusal, refusalWhere } from '../refusal.js';
import { withIds } from './accept-blocks.js';
import { also, byType, flag, list, object, text } from './check.js';
import { problemsOfBlocks } from './check-blocks.js';
import { plainText } from './text-objects.js';

const MAX_BLOCKS = 100;
const MAX_BYTES = 250_000;

const common = { private_metadata: text(0, 3_000), callback_id: text(0, 255), external_id: text(0, 255) };
const anything = () => {};
const blocks = list(anything);

const view = byType({
  modal: also(
    object({
      must: { title: plainText(24), blocks },
      may: {
        ...common,
        close: plainText(24),
        submit: plainText(24),
        clear_on_close: flag,
        notify_on_close: flag,
      },
    }),
    (modal) =>
      modal.submit === undefined && objectsIn(modal.blocks).some((block) => block.type === 'input')
        ? 'missing required field: submit'
        : undefined,
  ),
  home: object({ must: { blocks }, may: common }),
});

/** A view as Slack keeps it, or its refusal; `type` is what this place takes. */
export function acceptView(value: unknown, type: 'modal' | 'home'): JsonObject & { blocks: JsonObject[] } {
  const problems: string[] = [];
  view(value, '/view', problems);
  const given = isObject(value) ? value : {};
  if (Array.isArray(given.blocks))
    problems.push(...problemsOfBlocks(given.blocks, MAX_BLOCKS, '/view/blocks'));
  if (problems.length === 0 && given.type !== type)
    problems.push(`unsupported type: ${String(given.type)} [json-pointer:/view/type]`);
  if (problems.length > 0) throw refusalWhere('invalid_arguments', problems);
  if (Buffer.byteLength(JSON.stringify(given)) > MAX_BYTES) throw new Refusal('view_too_large');
  return { ...structuredClone(given), blocks: withIds(objectsIn(given.blocks)) };
}

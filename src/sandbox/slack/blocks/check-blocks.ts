/**
 * What Slack says about the blocks of a message or a view. Only the blocks that every workspace knows are accepted:
 * the newer ones (table, card, alert, …) are still refused in places, and a core message must not depend on them.
 */
import { isObject, type JsonObject, objectsIn, stringIn } from '../json-object.js';
import { also, byType, flag, list, object, text } from './check.js';
import { accessory, action, image, input } from './elements.js';
import { richText } from './rich-text.js';
import { anyText, plainText, textKinds } from './text-objects.js';

const blockId = { block_id: text(1, 255) };

const block = byType({
  section: also(
    object({
      may: {
        ...blockId,
        text: anyText(3_000),
        fields: list(anyText(2_000), { min: 1, max: 10 }),
        accessory,
        expand: flag,
      },
    }),
    (section) =>
      section.text === undefined && section.fields === undefined
        ? 'must define either text or fields'
        : undefined,
  ),
  header: object({ must: { text: plainText(150) }, may: blockId }),
  divider: object({ may: blockId }),
  context: object({
    must: {
      elements: list(byType({ ...textKinds(3_000), image: image() }), { min: 1, max: 10 }),
    },
    may: blockId,
  }),
  actions: object({ must: { elements: list(action, { min: 1, max: 25 }) }, may: blockId }),
  rich_text: richText,
  image: image({ ...blockId, title: plainText(2_000) }),
  markdown: object({ must: { text: text(1, 12_000) }, may: blockId }),
  input: object({
    must: { label: plainText(2_000), element: input },
    may: { ...blockId, hint: plainText(2_000), optional: flag, dispatch_action: flag },
  }),
});

/** The elements of a block that can be acted on. */
export function elementsOf(owner: JsonObject): JsonObject[] {
  return [
    ...(owner.type === 'actions' ? objectsIn(owner.elements) : []),
    ...[owner.accessory, owner.element].filter(isObject),
  ];
}

function repeated(ids: (string | undefined)[]): string[] {
  return ids.filter((each, index): each is string => each !== undefined && ids.indexOf(each) !== index);
}

/** All problems with these blocks; an empty array means that Slack takes them. */
export function problemsOfBlocks(blocks: unknown[], max: number, at = '/blocks'): string[] {
  const problems: string[] = [];
  list(block, { max })(blocks, at, problems);
  const objects = objectsIn(blocks);
  for (const twice of repeated(objects.map((each) => stringIn(each, 'block_id')))) {
    problems.push(`\`block_id\` ${twice} already exists [json-pointer:${at}]`);
  }
  for (const [index, owner] of objects.entries()) {
    for (const twice of repeated(elementsOf(owner).map((each) => stringIn(each, 'action_id')))) {
      problems.push(`\`action_id\` ${twice} already exists [json-pointer:${at}/${index}/elements]`);
    }
  }
  const markdown = objects
    .filter((each) => each.type === 'markdown')
    .map((each) => stringIn(each, 'text') ?? '');
  if (markdown.join('').length > 12_000) {
    problems.push(`markdown blocks must be less than 12001 characters together [json-pointer:${at}]`);
  }
  return problems;
}

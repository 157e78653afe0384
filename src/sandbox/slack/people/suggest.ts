import { elementsOf } from '../blocks/check-blocks.js';
import { isObject, type JsonObject, objectsIn, parsedJson } from '../json-object.js';
import type { Delivery } from './deliver.js';
import { interaction, needInteractivity, type People, person, sendForm } from './people.js';
import { type On, surface } from './surface.js';

export interface SuggestOptions extends On {
  actionId: string;
  typed: string;
  user: string;
}

/** A person types into an external select: what the app offers. */
export async function suggest(
  people: People,
  botUrl: string,
  options: SuggestOptions,
): Promise<Delivery & { options: JsonObject[] }> {
  needInteractivity(people);
  const { blocks, fields } = surface(people, options);
  const block = blocks.find((each) => elementsOf(each).some((one) => one.action_id === options.actionId));
  if (block === undefined) throw new Error(`There is no ${options.actionId} here`);
  // Options are answered in the response itself.
  const { response_url: _, ...where } = fields;
  const payload = {
    type: 'block_suggestion',
    ...interaction(people, person(people, options.user)),
    action_id: options.actionId,
    block_id: block.block_id,
    value: options.typed,
    ...where,
  };
  const delivery = await sendForm(people, botUrl, { payload: JSON.stringify(payload) }, {});
  const body = parsedJson(delivery.body);
  const offered = isObject(body)
    ? [
        ...objectsIn(body.options),
        ...objectsIn(body.option_groups).flatMap((group) => objectsIn(group.options)),
      ]
    : [];
  return { ...delivery, options: offered };
}

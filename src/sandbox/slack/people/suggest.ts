import { elementsOf } from '../blocks/check-blocks.js';
import { isObject, type JsonObject, objectsIn, parsedJson } from '../json-object.js';
import type { Delivery } from './deliver.js';
import { interaction, type People, person, sendForm } from './people.js';
import { type ScreenView, shownView } from './screen-view.js';
import { wireView } from './wire-view.js';

/** A person types into an external select of a view: what the app offers. */
export async function suggest(
  people: People,
  botUrl: string,
  options: { view: ScreenView; actionId: string; typed: string; user: string },
): Promise<Delivery & { options: JsonObject[] }> {
  const view = shownView(people.workspace, options.view, options.user);
  const block = view.view.blocks.find((each) =>
    elementsOf(each).some((one) => one.action_id === options.actionId),
  );
  if (block === undefined) throw new Error(`The view has no ${options.actionId}`);
  const payload = {
    type: 'block_suggestion',
    ...interaction(people, person(people, options.user)),
    action_id: options.actionId,
    block_id: block.block_id,
    value: options.typed,
    container: { type: 'view', view_id: view.id },
    view: wireView(people.workspace, view),
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

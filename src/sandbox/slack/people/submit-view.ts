import { acceptView } from '../blocks/check-view.js';
import { isObject, type JsonObject, parsedJson } from '../json-object.js';
import { Refusal } from '../refusal.js';
import { needFreeExternalId, pushView, replaceView } from '../web-api/views.js';
import type { Delivery } from './deliver.js';
import { interaction, needInteractivity, type People, person, sendForm } from './people.js';
import { type ScreenView, shownView } from './screen-view.js';
import type { Signature } from './signed-request.js';
import { withFiles } from './state-files.js';
import { cannotSubmit, stateOf, type ViewValues } from './view-state.js';
import { wireView } from './wire-view.js';

export interface SubmitOptions {
  view: ScreenView;
  values?: ViewValues;
  user: string;
  signature?: Signature;
}

/** A person presses "submit". Throws where the client would not let them. */
export async function submitView(people: People, botUrl: string, options: SubmitOptions): Promise<Delivery> {
  needInteractivity(people);
  const user = person(people, options.user);
  const view = shownView(people.workspace, options.view, options.user);
  const state = stateOf(view.view.blocks, options.values ?? {});
  const problems = cannotSubmit(view.view.blocks, state);
  if (problems.length > 0) throw new Error(`The client does not submit: ${problems.join('; ')}`);
  const payload = {
    type: 'view_submission',
    ...interaction(people, user),
    trigger_id: people.triggers.issue(user.id),
    view: wireView(people.workspace, view, withFiles(people.workspace, view.view.blocks, state)),
    response_urls: [],
  };
  return sendForm(
    people,
    botUrl,
    { payload: JSON.stringify(payload) },
    {
      signature: options.signature,
      afterwards: (delivery) => react(people, view, delivery),
    },
  );
}

/** A person closes the modal; the app hears of it only with notify_on_close. */
export async function closeView(
  people: People,
  botUrl: string,
  options: { view: ScreenView; user: string },
): Promise<Delivery | undefined> {
  const user = person(people, options.user);
  const view = shownView(people.workspace, options.view, options.user);
  close(people, view, view.view.clear_on_close === true);
  if (view.view.notify_on_close !== true) return undefined;
  const payload = {
    type: 'view_closed',
    ...interaction(people, user),
    view: wireView(people.workspace, view),
    is_cleared: view.view.clear_on_close === true,
  };
  return sendForm(people, botUrl, { payload: JSON.stringify(payload) }, {});
}

function close(people: People, view: ScreenView, all: boolean): void {
  for (const each of people.workspace.views) {
    if (each === view || (all && each.rootId === view.rootId)) each.state = 'closed';
  }
  people.workspace.changed();
}

function react(people: People, view: ScreenView, delivery: Delivery): Delivery {
  if (delivery.failed !== undefined) return delivery;
  view.errors = {};
  const body = delivery.body.trim() === '' ? {} : parsedJson(delivery.body);
  if (!isObject(body)) return { ...delivery, failed: 'dispatch_failed' };
  try {
    follow(people, view, body);
    return delivery;
  } catch (error) {
    if (error instanceof Refusal) return { ...delivery, failed: 'dispatch_failed' };
    throw error;
  }
}

function follow(people: People, view: ScreenView, body: JsonObject): void {
  const { workspace } = people;
  switch (body.response_action) {
    case undefined:
      close(people, view, false);
      break;
    case 'clear':
      close(people, view, true);
      break;
    case 'errors':
      view.errors = acceptErrors(view, body.errors);
      break;
    case 'update': {
      const next = acceptView(body.view, 'modal');
      needFreeExternalId(workspace, next, view);
      replaceView(workspace, view, next);
      break;
    }
    case 'push': {
      const next = acceptView(body.view, 'modal');
      pushView(workspace, view, next);
      break;
    }
    default:
      throw new Refusal('invalid_response_action');
  }
  workspace.changed();
}

/** Errors belong to input blocks of the view; Slack shows no others. */
function acceptErrors(view: ScreenView, value: unknown): ScreenView['errors'] {
  const known = view.view.blocks
    .filter((block) => block.type === 'input')
    .map((block) => String(block.block_id));
  const errors = isObject(value) ? Object.entries(value) : [];
  if (errors.length === 0 || errors.some(([id, text]) => !known.includes(id) || typeof text !== 'string')) {
    throw new Refusal('invalid_errors');
  }
  return Object.fromEntries(errors.map(([id, text]) => [id, String(text)]));
}

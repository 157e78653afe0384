import { acceptView } from '../blocks/check-view.js';
import type { JsonObject } from '../json-object.js';
import { stringIn } from '../json-object.js';
import type { ScreenView } from '../people/screen-view.js';
import { topModal } from '../people/screen-view.js';
import { wireView } from '../people/wire-view.js';
import { Refusal } from '../refusal.js';
import type { Workspace } from '../workspace.js';
import type { CallArguments } from './call-arguments.js';
import type { Method } from './method.js';

/** An external_id names one view of the whole team. */
export function needFreeExternalId(workspace: Workspace, view: JsonObject, but?: ScreenView): void {
  const id = stringIn(view, 'external_id');
  if (id === undefined || id === '') return;
  const taken = workspace.views.some(
    (each) => each !== but && each.state === 'open' && each.view.external_id === id,
  );
  if (taken) throw new Refusal('duplicate_external_id');
}

function given(args: CallArguments): unknown {
  return args.nested('view', 'invalid_arguments') ?? {};
}

export function showView(
  workspace: Workspace,
  user: string,
  view: ScreenView['view'],
  under?: ScreenView,
): ScreenView {
  const id = workspace.nextId('V');
  const shown: ScreenView = {
    id,
    user,
    type: view.type === 'home' ? 'home' : 'modal',
    view,
    hash: freshHash(workspace),
    state: 'open',
    rootId: under?.rootId ?? id,
    ...(under === undefined ? {} : { previousId: under.id }),
    errors: {},
    at: workspace.now(),
  };
  workspace.views.push(shown);
  workspace.changed();
  return shown;
}

export function replaceView(workspace: Workspace, shown: ScreenView, view: ScreenView['view']): void {
  shown.view = view;
  shown.hash = freshHash(workspace);
  shown.errors = {};
  workspace.changed();
}

function freshHash(workspace: Workspace): string {
  return `${Math.floor(workspace.now() / 1000)}.${workspace.nextId('')}`;
}

export const viewsOpen: Method = {
  knows: ['trigger_id', 'view'],
  run({ workspace, triggers }, args) {
    const view = acceptView(given(args), 'modal');
    needFreeExternalId(workspace, view);
    const user = triggers.spend(args.needed('trigger_id'));
    // A second modal does not lie over the first: it takes its place.
    const before = topModal(workspace.views, user);
    for (const each of workspace.views) if (each.rootId === before?.rootId) each.state = 'closed';
    return { view: wireView(workspace, showView(workspace, user, view)) };
  },
};

/** A modal and two on top of it. */
const STACK = 3;

/** Lays a view over the one that the person has in front of them. */
export function pushView(workspace: Workspace, under: ScreenView, view: ScreenView['view']): ScreenView {
  needFreeExternalId(workspace, view);
  const stack = workspace.views.filter((each) => each.rootId === under.rootId && each.state === 'open');
  if (stack.length >= STACK) throw new Refusal('push_limit_reached');
  return showView(workspace, under.user, view, under);
}

export const viewsPush: Method = {
  knows: ['trigger_id', 'view'],
  run({ workspace, triggers }, args) {
    const view = acceptView(given(args), 'modal');
    const user = triggers.spend(args.needed('trigger_id'));
    const under = topModal(workspace.views, user);
    if (under === undefined) throw new Refusal('not_found');
    return { view: wireView(workspace, pushView(workspace, under, view)) };
  },
};

export const viewsUpdate: Method = {
  knows: ['view_id', 'external_id', 'hash', 'view'],
  run({ workspace }, args) {
    const id = args.string('view_id');
    const external = args.string('external_id');
    const shown = workspace.views.find(
      (each) =>
        each.state === 'open' && (id === undefined ? each.view.external_id === external : each.id === id),
    );
    if (shown === undefined || (id === undefined && external === undefined)) throw new Refusal('not_found');
    const view = acceptView(given(args), shown.type);
    needFreeExternalId(workspace, view, shown);
    const hash = args.string('hash');
    if (hash !== undefined && hash !== shown.hash) throw new Refusal('hash_conflict');
    replaceView(workspace, shown, view);
    return { view: wireView(workspace, shown) };
  },
};

export const viewsPublish: Method = {
  knows: ['user_id', 'hash', 'view'],
  run({ workspace }, args) {
    const view = acceptView(given(args), 'home');
    if (workspace.manifest?.hasHome === false) throw new Refusal('not_enabled');
    const user = args.needed('user_id');
    if (!workspace.users.has(user)) throw new Refusal('user_not_found');
    const shown = workspace.views.find((each) => each.type === 'home' && each.user === user);
    needFreeExternalId(workspace, view, shown);
    const hash = args.string('hash');
    if (hash !== undefined && hash !== shown?.hash) throw new Refusal('hash_conflict');
    if (shown === undefined) return { view: wireView(workspace, showView(workspace, user, view)) };
    replaceView(workspace, shown, view);
    return { view: wireView(workspace, shown) };
  },
};

import type { JsonObject } from '../json-object.js';
import type { TriggerIds } from '../people/trigger-ids.js';
import { Refusal } from '../refusal.js';
import type { Workspace } from '../workspace.js';
import type { CallArguments } from './call-arguments.js';

/** What a method works with. */
export interface MethodWorld {
  workspace: Workspace;
  triggers: TriggerIds;
  scopes: readonly string[];
  /** What becomes of a reply to a message that is not there any more. */
  orphanReplies: 'refused' | 'in-channel';
}

export interface Method {
  /** Every argument it knows, besides `token`; any other is refused. */
  knows: readonly string[];
  run(world: MethodWorld, args: CallArguments): JsonObject;
}

/** Refuses unless the app has one of the scopes. */
export function needScope(world: MethodWorld, ...anyOf: [string, ...string[]]): void {
  if (anyOf.some((scope) => world.scopes.includes(scope))) return;
  throw new Refusal('missing_scope', { needed: anyOf[0], provided: world.scopes.join(',') });
}

import type { JsonObject } from '../json-object.js';
import type { Workspace } from '../workspace.js';
import type { ScreenView } from './screen-view.js';

/** A view as API answers and interaction payloads show it. */
export function wireView(workspace: Workspace, shown: ScreenView, values: JsonObject = {}): JsonObject {
  const { app } = workspace;
  return {
    callback_id: '',
    private_metadata: '',
    external_id: '',
    close: null,
    submit: null,
    clear_on_close: false,
    notify_on_close: false,
    ...structuredClone(shown.view),
    id: shown.id,
    team_id: app.teamId,
    app_installed_team_id: app.teamId,
    app_id: app.appId,
    bot_id: app.botId,
    state: { values },
    hash: shown.hash,
    root_view_id: shown.rootId,
    previous_view_id: shown.previousId ?? null,
  };
}

import { BOT, CENTRAL_BUS, KEY, NEEDED, OF_MEMBER } from '../cloudformation/samples.js';
import { type Module, moduleFiles, readModule } from './read.js';

/** That of the module for the bot's own account; the one for the others lies in it. */
export const FOLDER = 'scripts/terraform';

/** What has to be filled in of each, as samples of the other language have it. */
export const NEEDED_HERE = { public_url: NEEDED.PublicUrl, event_api_key: KEY };
export const OF_MEMBER_HERE = {
  central_bus_arn: CENTRAL_BUS,
  bot_role_arn: BOT,
  external_id: OF_MEMBER.ExternalId,
};

export async function readModules(): Promise<{ readonly central: Module; readonly member: Module }> {
  return {
    central: await readModule(moduleFiles(FOLDER)),
    member: await readModule(moduleFiles(`${FOLDER}/organization-member`)),
  };
}

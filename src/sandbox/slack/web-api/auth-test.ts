import type { Method } from './method.js';

export const authTest: Method = {
  knows: [],
  run({ workspace: { app } }) {
    return {
      url: app.teamUrl,
      team: app.teamName,
      user: app.botName,
      team_id: app.teamId,
      user_id: app.botUser,
      bot_id: app.botId,
      is_enterprise_install: false,
    };
  },
};

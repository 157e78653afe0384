/** What the app has to be allowed in Slack: the scopes that manifest.yml names, which says what each is for. */
export const SCOPES: readonly string[] = [
  'chat:write',
  'commands',
  'app_mentions:read',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
  'files:read',
  'files:write',
  'links:read',
  'links:write',
  'reactions:read',
  'users:read',
  'usergroups:read',
];

/** The names of our buttons and menus. Messages live long: a name that was ever shown keeps its meaning. */
export const ACTIONS = {
  listPage: 'list_page',
  resolvePick: 'resolve_pick',
  agreeToReopen: 'reply_reopen',
  sendAgain: 'outbox_send_again',
  cancel: 'outbox_cancel',
} as const;

/**
 * The names of our buttons, menus, forms and shortcuts. Messages live long: a name that was ever shown keeps its meaning.
 * Where one message shows an action twice, `:` and a word tell them apart: `list_page:older`.
 */
export const ACTIONS = {
  listPage: 'list_page',
  resolvePick: 'resolve_pick',
  agreeToReopen: 'reply_reopen',
  sendAgain: 'outbox_send_again',
  cancel: 'outbox_cancel',
  /** On the card. The value of a button is the case key; options of the menu name what to do, the thread says for which case. */
  cardReply: 'card_reply',
  cardResolve: 'card_resolve',
  cardTake: 'card_take',
  cardMore: 'card_more',
  /** A link to another site: the click needs no answer. */
  openLink: 'open_link',
  /** Below an entry. The value is the case key and the entry's id, with a blank between them. */
  showQuoted: 'show_quoted',
} as const;

/** Forms, by their `callback_id`. */
export const FORMS = {
  reply: 'reply_form',
} as const;

/** Of messages, by their `callback_id` in the manifest. */
export const SHORTCUTS = {
  sendToAws: 'send_to_aws',
} as const;

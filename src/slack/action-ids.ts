/**
 * The names of our buttons, menus, forms and shortcuts. Messages live long: a name that was ever shown keeps its meaning.
 * Where one message shows an action twice, `:` and a word tell them apart: `list_page:older`.
 */
export const ACTIONS = {
  listPage: 'list_page',
  resolvePick: 'resolve_pick',
  agreeToReopen: 'reply_reopen',
  /** A number is that of several cases. The value: the reference of what is held, a blank, and the case key. */
  chooseCase: 'choose_case',
  /** The same of a case that is only to be shown; the value is the case key. */
  showCase: 'show_case',
  sendAgain: 'outbox_send_again',
  cancel: 'outbox_cancel',
  /** On the card. The value of a button is the case key; options of the menu name what to do, the thread says for which case. */
  cardReply: 'card_reply',
  cardResolve: 'card_resolve',
  cardTake: 'card_take',
  cardMore: 'card_more',
  /** In the form that opens a case. */
  createAccount: 'create_account',
  createService: 'create_service',
  createCategory: 'create_category',
  createIssueType: 'create_issue_type',
  createMoreRoom: 'create_more_room',
  /** In an answer: opens the form for a reply; the value is the case key. */
  writeReply: 'write_reply',
  /** In that form: one more box for the text. */
  replyMoreRoom: 'reply_more_room',
  /** What shall become of a text that holds secrets; the value is the reference of the message. */
  secretsRemove: 'secrets_remove',
  secretsSend: 'secrets_send',
  secretsCancel: 'secrets_cancel',
  /** The value: offset, name of the command, and the words. */
  searchPage: 'search_page',
  /** A link to another site: the click needs no answer. */
  openLink: 'open_link',
  /** Whose value is the case key. */
  giveBackCase: 'case_give_back',
  followCase: 'case_follow',
  muteCase: 'case_mute',
  homeRefresh: 'home_refresh',
  /** Of a file of a case that is not in Slack. The value says which: render-file.ts. */
  fileLink: 'file_link',
  fileRetry: 'file_retry',
  /** Below an entry. The value is the case key and the entry's id, with a blank between them. */
  showQuoted: 'show_quoted',
  /** Of a text that should be a file and is not. The value is the same. */
  showText: 'show_text',
  textRetry: 'text_retry',
  /** The value: the cursor of a line of the audit trail, or `-`; a blank and the case key where it is of one case. */
  auditPage: 'audit_page',
} as const;

/** Forms, by their `callback_id`. */
export const FORMS = {
  reply: 'reply_form',
  create: 'create_form',
  secrets: 'secrets_form',
} as const;

/** Of messages, by their `callback_id` in the manifest. */
export const SHORTCUTS = {
  sendToAws: 'send_to_aws',
} as const;

/** The interactive elements and images of Block Kit, with the limits of the published types. */
import { isDeepStrictEqual } from 'node:util';
import { objectsIn } from '../json-object.js';
import { also, byType, type Check, flag, integer, list, object, oneOf, pattern, text } from './check.js';
import { richText } from './rich-text.js';
import { anyText, confirmation, plainText } from './text-objects.js';

export const actionId = text(1, 255);
const url = pattern(/^[a-z][a-z0-9+.-]*:\S+$/i, 'invalid url');
const placeholder = plainText(150);
const style = oneOf('primary', 'danger');
const accessibilityLabel = text(1, 75);

const actionable = { action_id: actionId };
const confirmable = { ...actionable, confirm: confirmation };
const focusable = { ...actionable, focus_on_load: flag };
const menu = { ...confirmable, focus_on_load: flag, placeholder };
const manyItems = { max_selected_items: integer(1, 100) };
const dispatching = {
  dispatch_action_config: object({
    may: { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1, max: 2 }) },
  }),
};

// Types say 75 for an option's value, older tables 150: the smaller number is the safe one.
const option = object({
  must: { text: plainText(75), value: text(1, 75) },
  may: { description: plainText(75) },
});
const markedOption = object({
  must: { text: anyText(75), value: text(1, 75) },
  may: { description: anyText(75) },
});
const overflowOption = object({
  must: { text: plainText(75), value: text(1, 75) },
  may: { description: plainText(75), url },
});
const optionGroup = object({ must: { label: plainText(75), options: list(option, { min: 1, max: 100 }) } });

function optionsOf(element: { [key: string]: unknown }): unknown[] {
  return [
    ...objectsIn(element.options),
    ...objectsIn(element.option_groups).flatMap((group) => objectsIn(group.options)),
  ];
}

/** An initial choice that is not among the options is refused by Slack, and easily written by mistake. */
function initialAmongOptions(element: { [key: string]: unknown }): string | undefined {
  const initial =
    element.initial_option === undefined ? objectsIn(element.initial_options) : [element.initial_option];
  const known = optionsOf(element);
  return initial.every((each) => known.some((one) => isDeepStrictEqual(one, each)))
    ? undefined
    : 'initial option was not found in the options list';
}

function staticMenu(more: { [key: string]: Check }): Check {
  const check = object({
    may: {
      ...menu,
      ...more,
      options: list(option, { min: 1, max: 100 }),
      option_groups: list(optionGroup, { min: 1, max: 100 }),
    },
  });
  return also(check, (element) => {
    if ((element.options === undefined) === (element.option_groups === undefined)) {
      return 'must define either options or option_groups';
    }
    return initialAmongOptions(element);
  });
}

const filter = object({
  may: {
    include: list(oneOf('im', 'mpim', 'private', 'public'), { min: 1 }),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
});
const id = text(1, 255);
const conversations = { ...menu, filter, default_to_current_conversation: flag };
const queried = { ...menu, min_query_length: integer(0, 3_000) };

const selects: { [type: string]: Check } = {
  static_select: staticMenu({ initial_option: option }),
  external_select: object({ may: { ...queried, initial_option: option } }),
  users_select: object({ may: { ...menu, initial_user: id } }),
  conversations_select: object({
    may: { ...conversations, initial_conversation: id, response_url_enabled: flag },
  }),
  channels_select: object({ may: { ...menu, initial_channel: id, response_url_enabled: flag } }),
  multi_static_select: staticMenu({ ...manyItems, initial_options: list(option, { min: 1, max: 100 }) }),
  multi_external_select: object({
    may: { ...queried, ...manyItems, initial_options: list(option, { min: 1 }) },
  }),
  multi_users_select: object({ may: { ...menu, ...manyItems, initial_users: list(id, { min: 1 }) } }),
  multi_conversations_select: object({
    may: { ...conversations, ...manyItems, initial_conversations: list(id, { min: 1 }) },
  }),
  multi_channels_select: object({ may: { ...menu, ...manyItems, initial_channels: list(id, { min: 1 }) } }),
};

const choices: { [type: string]: Check } = {
  checkboxes: also(
    object({
      must: { options: list(markedOption, { min: 1, max: 10 }) },
      may: { ...confirmable, ...focusable, initial_options: list(markedOption, { min: 1, max: 10 }) },
    }),
    initialAmongOptions,
  ),
  radio_buttons: also(
    object({
      must: { options: list(markedOption, { min: 1, max: 10 }) },
      may: { ...confirmable, ...focusable, initial_option: markedOption },
    }),
    initialAmongOptions,
  ),
};

const datepicker = object({ may: { ...menu, initial_date: pattern(/^\d{4}-\d\d-\d\d$/, 'invalid date') } });
const timepicker = object({
  may: {
    ...menu,
    initial_time: pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'invalid time'),
    timezone: text(1, 100),
  },
});
const datetimepicker = object({
  may: { ...confirmable, ...focusable, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
});

const button = object({
  must: { text: plainText(75) },
  may: { ...confirmable, value: text(0, 2_000), url, style, accessibility_label: accessibilityLabel },
});

const overflow = object({
  must: { options: list(overflowOption, { min: 1, max: 5 }) },
  may: confirmable,
});

/** An image, as an element or with more fields as a block. */
export function image(more: { [key: string]: Check } = {}): Check {
  const check = object({
    must: { alt_text: text(1, 2_000) },
    may: { ...more, image_url: url, slack_file: object({ may: { id, url } }) },
  });
  return also(check, (element) =>
    (element.image_url === undefined) === (element.slack_file === undefined)
      ? 'must define either image_url or slack_file'
      : undefined,
  );
}

const typed = { ...focusable, ...dispatching, placeholder };
const richTextInput = object({ may: { ...typed, initial_value: byType({ rich_text: richText }) } });
const inputs: { [type: string]: Check } = {
  plain_text_input: object({
    may: {
      ...typed,
      initial_value: text(0, 3_000),
      multiline: flag,
      min_length: integer(0, 3_000),
      max_length: integer(1, 3_000),
    },
  }),
  email_text_input: object({ may: { ...typed, initial_value: text(0, 3_000) } }),
  url_text_input: object({ may: { ...typed, initial_value: text(0, 3_000) } }),
  number_input: object({
    must: { is_decimal_allowed: flag },
    may: { ...typed, initial_value: text(1, 100), min_value: text(1, 100), max_value: text(1, 100) },
  }),
  file_input: object({
    may: { ...actionable, filetypes: list(text(1, 50), { min: 1 }), max_files: integer(1, 10) },
  }),
};

export const accessory = byType({
  button,
  overflow,
  image: image(),
  ...selects,
  ...choices,
  datepicker,
  timepicker,
});
const chosen = {
  ...selects,
  ...choices,
  datepicker,
  timepicker,
  datetimepicker,
  rich_text_input: richTextInput,
};
export const action = byType({ button, overflow, ...chosen });
export const input = byType({ ...inputs, ...chosen });

import { byType, type Check, flag, object, oneOf, text } from './check.js';

function plain(min: number, max: number): Check {
  return object({ must: { text: text(min, max) }, may: { emoji: flag } });
}

export function plainText(max: number): Check {
  return byType({ plain_text: plain(1, max) });
}

/** Both kinds of text, for a place that takes other things as well. */
export function textKinds(max: number): { plain_text: Check; mrkdwn: Check } {
  return {
    plain_text: plain(1, max),
    mrkdwn: object({ must: { text: text(1, max) }, may: { verbatim: flag } }),
  };
}

export function anyText(max: number): Check {
  return byType(textKinds(max));
}

/** The "are you sure?" in front of an action. */
export const confirmation: Check = object({
  must: { text: anyText(300) },
  may: {
    title: plainText(100),
    confirm: plainText(30),
    deny: plainText(30),
    style: oneOf('primary', 'danger'),
  },
});

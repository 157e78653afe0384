/** What is said in all forms: about long texts, files, copies by e-mail, and forms that do not open. */
export const FORM_WORDS = {
  /** In place of one that is not known. At most 24 characters. */
  title: 'Casethread',
  loading: ':hourglass_flowing_sand: One moment: I am looking up what belongs here.',
  expired:
    'The form did not open, because your click reached me too late or twice. Nothing was sent. Press the button, or choose the shortcut, once more.',
  doesNotOpen: 'Slack did not open the form, so nothing was sent. Try again in a minute.',

  /** Plain; under an input. */
  tooSlow:
    'This takes too long, so I do not know yet whether it was taken. Press the button once more in a moment: nothing is done twice by that, and everything you typed is still here.',
  /** Plain; under an input. */
  storeUnclear:
    "Casethread's store did not answer, so I do not know whether it was taken. Press the button once more in a moment: nothing is done twice by that, and everything you typed is still here.",
  otherVersion:
    'This form belongs to another version of Casethread, so nothing was done. Copy what you typed, close the form, and open it again.',

  continued: (label: string, number: number) => `${label} (${number})`,
  oneBox: 'This box holds 3,000 characters. AWS takes 8,000: press “More room” for another box.',
  boxesAreJoined:
    'The boxes go to AWS as one text, from top to bottom. Each begins on a new line; for a gap, leave a line empty.',
  moreRoom: 'More room',
  close: 'Close',

  files: 'Files',
  filesHint: (most: number) => `AWS takes up to ${most} files at a time, of up to 150 MB each.`,

  cc: 'Copies by e-mail',
  ccPlaceholder: 'ops@example.com, lead@example.com',
  ccHint: (most: number) => `Up to ${most} addresses, with commas or spaces between them.`,
  ccWrong: (wrong: readonly string[]) => {
    const shown = wrong.slice(0, 5).map((each) => `“${clipped(each)}”`);
    const more = wrong.length > 5 ? ` and ${wrong.length - 5} more` : '';
    return wrong.length === 1
      ? `${shown[0]} is not an e-mail address. Correct it, or take it out.`
      : `These are not e-mail addresses: ${shown.join(', ')}${more}. Correct them, or take them out.`;
  },
  ccTooMany: (count: number, most: number) =>
    `These are ${count} addresses, and AWS takes ${most}. Take ${count - most} out.`,
} as const;

function clipped(text: string): string {
  const characters = [...text];
  return characters.length <= 60 ? text : `${characters.slice(0, 59).join('')}…`;
}

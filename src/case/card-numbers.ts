/** The numbers of payment cards: 13 to 19 digits, written in one or in groups, of a known issuer, with a valid last digit. */
export function cardsIn(text: string): { readonly from: number; readonly to: number }[] {
  return FORMS.flatMap((form) => [...text.matchAll(form)]).flatMap((match) => {
    const from = match.index;
    // Behind a number in groups there may stand three digits more: of the card, or the code on its back.
    const card = [match[0], match.groups?.short].find((written) => written !== undefined && isCard(written));
    return card === undefined ? [] : [{ from, to: from + card.length }];
  });
}

/**
 * Not within a longer word, number, id or telephone number: `case-…`, `i-…`, a UUID, `1645458700.000100`, `+49…`. Grouped as
 * cards are: two account ids side by side are no card.
 */
const FORMS: readonly RegExp[] = [
  /(?<![\w.+-])\d{13,19}(?![\w]|[-.]\w)/g,
  /(?<![\w.+-])(?<short>\d{4}(?<by>[ .-])\d{4}\k<by>\d{4}\k<by>\d{4})(?:\k<by>\d{1,3})?(?![\w]|[-.]\w)/g,
  /(?<![\w.+-])\d{4}(?<by>[ .-])\d{6}\k<by>\d{4,5}(?![\w]|[-.]\w)/g,
];

/** First digits, as a range of as many digits, and lengths. */
const ISSUERS: readonly (readonly [from: string, to: string, lengths: readonly number[]])[] = [
  ['4', '4', [13, 16, 19]],
  ['51', '55', [16]],
  ['2221', '2720', [16]],
  ['34', '34', [15]],
  ['37', '37', [15]],
  ['300', '305', [14]],
  ['36', '36', [14]],
  ['38', '39', [14]],
  ['3528', '3589', [16, 17, 18, 19]],
  ['6011', '6011', [16, 17, 18, 19]],
  ['644', '659', [16, 17, 18, 19]],
  ['62', '62', [16, 17, 18, 19]],
  ['5018', '5018', [16, 17, 18, 19]],
  ['5020', '5020', [16, 17, 18, 19]],
  ['5038', '5038', [16, 17, 18, 19]],
  ['6304', '6304', [16, 17, 18, 19]],
  ['6759', '6763', [16, 17, 18, 19]],
];

function isCard(written: string): boolean {
  const digits = written.replace(/\D/g, '');
  const isIssued = ISSUERS.some(([from, to, lengths]) => {
    const first = digits.slice(0, from.length);
    return lengths.includes(digits.length) && first >= from && first <= to;
  });
  return isIssued && passesLuhn(digits);
}

/** The last digit is reckoned from the others (ISO/IEC 7812-1, annex B). */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const weighed = index % 2 === 1 ? Number(digit) * 2 : Number(digit);
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/**
 * AWS Support replaces secrets in a text before it stores it (facts 2.1 "Redaction"; CreateCase in the API model). The
 * stored body therefore may differ from the sent one: nobody may recognise a communication by comparing texts.
 */
const MARK = '[REDACTED_BY_AWS_SUPPORT]';

const PRIVATE_KEY = /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----[\s\S]*?-----END ([A-Z0-9]+ )*PRIVATE KEY-----/g;

// The words that usually stand before a secret: aws_secret_access_key, SecretAccessKey, "secret key", SECRET_KEY …
const SECRET_KEY =
  /((?:aws[_\s-]?)?secret[_\s-]?(?:access[_\s-]?)?key["']?\s*(?:=>|[:=>]|is)?\s*["']?)([A-Za-z0-9/+=]{40})(?![A-Za-z0-9/+=])/gi;

// 13 to 19 digits, in groups or not; never the tail of a case id or of a longer word. Card numbers begin with 2 to 6, which
// leaves out times in milliseconds.
const CARD = /(?<![\w-])[2-6](?:[ -]?\d){12,18}(?![\w-])/g;

export function redact(text: string): string {
  return text
    .replace(PRIVATE_KEY, MARK)
    .replace(SECRET_KEY, (_all, words: string) => `${words}${MARK}`)
    .replace(CARD, (digits) => (isCardNumber(digits) ? `${MARK}-${digits.slice(-4)}` : digits));
}

/** The Luhn check, so that phone numbers and ids of the same length stay. */
function isCardNumber(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].reverse().map(Number);
  const sum = digits.reduce((total, digit, index) => {
    if (index % 2 === 0) return total + digit;
    return total + (digit > 4 ? digit * 2 - 9 : digit * 2);
  }, 0);
  return sum % 10 === 0;
}

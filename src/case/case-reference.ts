/** What a person may type to say which case they mean. */
export type CaseReference =
  | { readonly by: 'display-id'; readonly displayId: string; readonly account?: string }
  | { readonly by: 'case-id'; readonly caseId: string; readonly account?: string }
  | { readonly by: 'thread'; readonly channel: string; readonly ts: string };

export type ConsoleReference = Exclude<CaseReference, { by: 'thread' }>;

/** Far longer than the console's are. */
const LONGEST_LINK = 3_000;
/** `Case 1234563851`, as cards and lists name it; a case id begins otherwise. */
const NAMED = /^[('"“]?case[\s:#]+(?=[<\d])/i;
/** `production/1702520947`, `"my team"/1702520947`: an account by its alias or id, and a case. */
const IN_ACCOUNT = /^(?:["“”]([^/]{1,100}?)["“”]|([^\s/<>:"“”]{1,100}))\/(?=[#\dc])(.*)$/is;
/** Where somebody is signed in to several accounts at once, the console names the account in its address. */
const SESSION_HOST = /^(\d{12})-[a-z0-9]+\./;
/** Those of the console, with all that is below them; facts of the partitions. The manifest's unfurl_domains are the same. */
const CONSOLES = /(^|\.)(console\.aws\.amazon\.com|console\.amazonaws-us-gov\.com|console\.amazonaws\.cn)$/;
const AWS_HOSTS = /(^|\.)(aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)$/;
const SLACK_HOSTS = /(^|\.)slack(-gov)?\.com$/;

/**
 * A display id, a case id, a link to the case in the AWS console, or a link to a message of its thread; one of the first
 * two also with an account before it. Null for anything else. Slack's own wrapping of links (`<https://…|…>`) is taken off.
 *
 * `account`: as it was typed, an alias or an id; or the 12 digits that a case id or a link names. Not there where nothing
 * says it.
 */
export function parseCaseReference(typed: string): CaseReference | null {
  const [, inQuotes, alone, behind] = IN_ACCOUNT.exec(typed.trim()) ?? [];
  const account = (inQuotes ?? alone)?.trim();
  if (account && behind !== undefined) {
    const reference = parseCaseReference(behind);
    return reference === null || reference.by === 'thread' ? null : { ...reference, account };
  }
  const word = bare(typed);
  if (/^\d{4,20}$/.test(word)) return { by: 'display-id', displayId: word };
  if (/^case-[\w-]{4,200}$/.test(word)) return byCaseId(word);
  const wrapped = /^<(https:[^|>]+)(\|[^>]*)?>$/.exec(word)?.[1] ?? word;
  return URL.canParse(wrapped) ? fromLink(new URL(wrapped)) : null;
}

/**
 * The case to which a link leads in the AWS console's Support Center, in whatever partition or Region; null for every other
 * page, its home among them. `&` may stand there as `&amp;`, as Slack passes links on.
 */
export function caseOfConsoleLink(link: string): ConsoleReference | null {
  if (link.length > LONGEST_LINK || !URL.canParse(link)) return null;
  const url = new URL(link);
  if (!CONSOLES.test(url.hostname) || !url.pathname.startsWith('/support/')) return null;
  const reference = fromLink(url);
  return reference === null || reference.by === 'thread' ? null : reference;
}

/** Without what people, phones and chats put around a number: `(123).`, backticks, marks that nobody sees, `<tel:…|…>`. */
function bare(typed: string): string {
  const seen = typed
    .replace(/\p{Cf}/gu, '')
    .trim()
    .replace(NAMED, '');
  const number = /^<tel:(\d+)(\|[^>]*)?>$/.exec(seen)?.[1];
  if (number !== undefined) return number;
  return seen.replace(/^[#(`'"“]+/, '').replace(/[.,;:!?)`'"”]+$/, '');
}

/** Every case id that AWS shows names its account; else they are opaque. */
function byCaseId(caseId: string): CaseReference {
  const account = /^case-(\d{12})-/.exec(caseId)?.[1];
  return { by: 'case-id', caseId, ...(account === undefined ? {} : { account }) };
}

function fromLink(url: URL): CaseReference | null {
  if (url.protocol !== 'https:') return null;
  if (AWS_HOSTS.test(url.hostname)) {
    // The console keeps the case behind the hash: /support/home#/case/?displayId=…
    const behindHash = url.hash.includes('?') ? url.hash.slice(url.hash.indexOf('?')) : '';
    const query = new URLSearchParams(`${behindHash}&${url.search.slice(1)}`.replaceAll('&amp;', '&'));
    const displayId = query.get('displayId');
    const caseId = query.get('caseId');
    // Of the console as it was until 2019: /support/cases#/1234563851/en
    const former = /^#\/(\d{4,20})\/[a-z]{2}$/.exec(url.hash)?.[1];
    if (former !== undefined && url.pathname === '/support/cases')
      return { by: 'display-id', displayId: former };
    if (displayId !== null && /^\d+$/.test(displayId)) {
      const account = SESSION_HOST.exec(url.hostname)?.[1];
      return { by: 'display-id', displayId, ...(account === undefined ? {} : { account }) };
    }
    return caseId === null ? null : byCaseId(caseId);
  }
  if (SLACK_HOSTS.test(url.hostname)) {
    const inApp = /^\/client\/[A-Z0-9]+\/[A-Z0-9]+\/thread\/([A-Z0-9]+)-(\d{7,}\.\d{6})$/.exec(url.pathname);
    if (inApp?.[1] !== undefined && inApp[2] !== undefined)
      return { by: 'thread', channel: inApp[1], ts: inApp[2] };
    const [, channel, digits] = /^\/archives\/([A-Z0-9]+)\/p(\d{7,})$/.exec(url.pathname) ?? [];
    if (channel === undefined || digits === undefined) return null;
    const thread = new URLSearchParams(url.search.replaceAll('&amp;', '&')).get('thread_ts');
    return { by: 'thread', channel, ts: thread ?? `${digits.slice(0, -6)}.${digits.slice(-6)}` };
  }
  return null;
}

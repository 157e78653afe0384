import { onOneLine } from '../../src/event-path/dead-letter.js';
import { KEY_HEADER } from '../../src/event-path/names.js';

/** What became of one event at the bot. */
export type Handed =
  | { readonly kind: 'taken'; readonly as: 'new' | 'duplicate' | 'ignored' }
  /** This event will not be taken; others may be. */
  | {
      readonly kind: 'refused';
      readonly says: string;
      /** The answer was not one of Casethread's: somebody else may be there. */
      readonly isForeign: boolean;
    }
  /** No event will be, for now. */
  | { readonly kind: 'stop'; readonly says: string };

export interface HandOverDeps {
  readonly bot: { readonly url: string; readonly key: string };
  readonly fetch: typeof fetch;
  /** Resolves after so many milliseconds, or once there is nothing more to wait for. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Somebody pressed Ctrl-C. */
  readonly isStopped: () => boolean;
}

/** EventBridge waits for 5 s; whoever sits at a keyboard has more patience. */
const PATIENCE_MS = 15_000;
/** While the bot says "not now", or nothing: how often it is asked in all. */
const TRIES = 5;
const LONGEST_PAUSE_MS = 30_000;
const PAUSE_MS = 2_000;

/** Gives an event to the bot as EventBridge does, and again while the bot says that it cannot now. */
export async function handOver(body: string, deps: HandOverDeps): Promise<Handed> {
  for (let tries = 1; ; tries += 1) {
    const { handed, againAfterMs } = await attempt(body, deps);
    if (againAfterMs === null || tries === TRIES || deps.isStopped()) return handed;
    await deps.pause(Math.min(againAfterMs, LONGEST_PAUSE_MS));
    if (deps.isStopped()) return handed;
  }
}

interface Attempt {
  readonly handed: Handed;
  /** Null: it would be answered the same again. */
  readonly againAfterMs: number | null;
}

async function attempt(body: string, { bot, fetch }: HandOverDeps): Promise<Attempt> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(bot.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [KEY_HEADER]: bot.key },
      body,
      // The key is for this address alone.
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    text = await response.text();
  } catch (error) {
    return { handed: { kind: 'stop', says: unreachable(bot.url, error) }, againAfterMs: PAUSE_MS };
  }
  const { status } = response;
  const answer = objectOf(text);
  const own = saysOf(answer);
  const says = own ?? `The answer was ${status}, and not one of Casethread's.`;
  if (status >= 200 && status < 300) {
    // A proxy's friendly page is no proof that the bot has the event.
    if (typeof answer.accepted !== 'number') return over({ kind: 'refused', says, isForeign: true });
    if (answer.ignored === 1) return over({ kind: 'taken', as: 'ignored' });
    return over({ kind: 'taken', as: answer.duplicates === 1 ? 'duplicate' : 'new' });
  }
  if (status === 401)
    return over({ kind: 'stop', says: `${says} Set EVENT_API_KEY here as the bot has it.` });
  if ([429, 502, 503, 504].includes(status)) {
    return {
      handed: { kind: 'stop', says },
      againAfterMs: retryAfterMs(response.headers.get('retry-after')) ?? PAUSE_MS,
    };
  }
  return over({ kind: 'refused', says, isForeign: own === null });
}

const over = (handed: Handed): Attempt => ({ handed, againAfterMs: null });

/** In seconds, or as a date. */
function retryAfterMs(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The bot's own sentence. */
function saysOf({ error, message }: Readonly<Record<string, unknown>>): string | null {
  return typeof error === 'string' && typeof message === 'string' ? onOneLine(message) : null;
}

function unreachable(url: string, error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: unknown } | null)?.code;
  const why =
    error instanceof Error && error.name === 'TimeoutError'
      ? `no answer within ${PATIENCE_MS / 1000} s`
      : typeof code === 'string'
        ? code
        : 'no connection';
  return `The bot is not reached at ${url} (${why}). Is it running, and is that its address? Else say it with --to.`;
}

import type { Message } from '../../slack/message.js';
import { errorFields } from '../../telemetry/log.js';
import { answer } from '../answer.js';
import type { Command, CommandDeps } from '../command-deps.js';
import { inTime } from '../in-time.js';
import { respond } from '../respond.js';
import { tellPerson } from '../tell-person.js';
import { DOCTOR_WORDS as WORDS } from '../words/doctor.js';
import { refusalFor } from './refusal-for.js';
import { renderFindings } from './render-findings.js';

/** Longer, nobody looks at a line that says "looking". */
const PATIENCE_MS = 30_000;
/** The doctor waits so long for the line that says who has called. */
const LINE_MS = 1_000;

/**
 * `/support doctor`, and the same word after the bot's name: looks at everything that the bot needs, for those permitted.
 * They are answered at once, and read what was found when it is.
 */
export async function doctor(deps: CommandDeps, command: Command): Promise<Message[]> {
  const refusal = await refusalFor(deps, command, 'doctor', WORDS);
  if (refusal !== null) return [answer(refusal)];
  // The doctor is called where something is broken, such as the store: it looks all the same.
  await inTime(deps.trail.noted(command, 'doctor'), LINE_MS, undefined);
  const found = examined(deps);
  const { afterwards } = command;
  if (afterwards === undefined) return [await found];
  afterwards(async () => tellFound(deps, command, await found));
  return [answer(WORDS.looking)];
}

/** Never rejects. */
async function examined({ examine, log }: CommandDeps): Promise<Message> {
  try {
    const findings = await inTime(examine(), PATIENCE_MS, null);
    return findings === null ? answer(WORDS.tooSlow) : renderFindings(findings);
  } catch (error) {
    log.error('the doctor failed', errorFields(error));
    return answer(WORDS.broken);
  }
}

/** In the place of "looking", where Slack replaces that; else below it. */
async function tellFound(deps: CommandDeps, command: Command, said: Message): Promise<void> {
  const { user, channel, threadTs, responseUrl } = command;
  if (responseUrl !== null) {
    const isTaken = await respond(responseUrl, said, true).then(
      () => true,
      () => false,
    );
    if (isTaken) return;
  }
  const asker = { user, channel, threadTs, responseUrl: null };
  if (!(await tellPerson({ ...deps, respond }, asker, said)))
    deps.log.warn('an answer did not reach Slack', { channel });
}

import type { ModalView } from '@slack/types';
import { caseKeyText } from '../../case/case-key.js';
import type { SlackFile } from '../../store/outbox-message.js';
import type { CommandDeps } from '../command-deps.js';
import type { FoundCase } from '../find-case.js';
import { intoBoxes } from '../form-parts/long-text.js';
import { notice, openForm } from '../form-parts/open-form.js';
import { inTime } from '../in-time.js';
import { refusal } from '../permit.js';
import { personName } from '../person-name.js';
import { quoted } from '../quoted.js';
import { REPLY_FORM_WORDS as WORDS } from '../words/reply-form.js';
import { WORDS as COMMON } from '../words/words.js';
import { roomFor } from './send.js';
import { replyView } from './view.js';

/** Whose form it is, and where they are. */
export interface Opener {
  readonly user: string;
  readonly userName: string;
  readonly trigger: string;
  readonly channel: string;
  /** Null in the channel itself. */
  readonly threadTs: string | null;
}

/** A form opens within three seconds, and needs most of them. */
const SOON_MS = 400;

/** What the form begins with. */
export interface Beginning {
  readonly text: string;
  readonly files: readonly SlackFile[];
  /** Slack markup. */
  readonly notes: readonly string[];
}

const FROM_NOTHING: Beginning = { text: '', files: [], notes: [] };

/**
 * Opens the form for a reply, before anybody but the store is asked. Whoever may not reply is told so in its place.
 *
 * @param find the case; what it says otherwise is shown in place of the form.
 * @returns what to tell the person where the form did not open; null when it did.
 */
export async function openReplyForm(
  deps: CommandDeps,
  opener: Opener,
  find: () => Promise<FoundCase>,
  begin: () => Promise<Beginning> = async () => FROM_NOTHING,
): Promise<string | null> {
  const finding = find();
  const checking = finding.then((found) => (found.found ? refusal(deps, opener, ['reply'], found) : null));
  // Where it is soon known, nothing has to open.
  const refused = await inTime(
    checking.catch(() => null),
    SOON_MS,
    null,
  );
  if (refused !== null) return refused;
  const make = async (): Promise<ModalView> => {
    const [found, say, person, { text, files, notes }] = await Promise.all([
      finding,
      checking,
      personName(deps, opener),
      begin(),
    ]);
    if (!found.found) return notice(WORDS.title, found.say);
    if (say !== null) return notice(WORDS.title, say);
    const whyNot = deps.accounts.whyNotAsked(found.key.account);
    if (whyNot !== null) return notice(WORDS.title, COMMON.cannotSend(quoted(whyNot, 800)));
    const { user, channel, threadTs } = opener;
    const most = roomFor(person);
    const tooLong = text.length > most ? [WORDS.tooLongToBegin(text.length, most)] : [];
    const { key, displayId, record } = found;
    const memory = {
      key: caseKeyText(key),
      user,
      channel,
      threadTs,
      reopens: record?.resolved ?? false,
      files,
    };
    return replyView(deps, {
      memory,
      record,
      displayId,
      person,
      boxes: intoBoxes(text),
      cc: '',
      chosen: files.map(({ id }) => id),
      notes: [...notes, ...tooLong],
    });
  };
  return openForm(deps, opener.trigger, { title: WORDS.title, make });
}

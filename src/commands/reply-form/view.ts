import type { KnownBlock, ModalView } from '@slack/types';
import { parseCaseKey } from '../../case/case-key.js';
import { withStamp } from '../../case/stamp.js';
import { ACTIONS, FORMS } from '../../slack/action-ids.js';
import { caseName } from '../../slack/render-card.js';
import { bold, markdown, richText } from '../../slack/rich-text.js';
import type { CaseRecord } from '../../store/store.js';
import { caseLines } from '../case-line.js';
import type { CommandDeps } from '../command-deps.js';
import { ccInput } from '../form-parts/cc.js';
import { filesInput, givenFilesInput } from '../form-parts/files.js';
import { moreRoom, textBoxes } from '../form-parts/long-text.js';
import { REPLY_FORM_WORDS as WORDS } from '../words/reply-form.js';
import { type ReplyMemory, remember } from './memory.js';

export interface ReplyFormState {
  readonly memory: ReplyMemory;
  /** Null for a case that is not known here yet. */
  readonly record: CaseRecord | null;
  readonly displayId: string;
  /** The name under which it goes to AWS. */
  readonly person: string;
  /** What stands in each box for the text; at least one. */
  readonly boxes: readonly string[];
  readonly cc: string;
  /** Ids of the files of the message that are to go along. */
  readonly chosen: readonly string[];
  /** What there is to say about the message that was chosen. Slack markup. */
  readonly notes: readonly string[];
}

export function replyView(
  deps: Pick<CommandDeps, 'seal' | 'slack' | 'accountName'>,
  state: ReplyFormState,
): ModalView {
  const { memory, person, boxes, cc, chosen, notes } = state;
  return {
    type: 'modal',
    callback_id: FORMS.reply,
    private_metadata: remember(deps, memory),
    title: { type: 'plain_text', text: WORDS.title },
    submit: { type: 'plain_text', text: memory.reopens ? WORDS.sendAndReopen : WORDS.send },
    close: { type: 'plain_text', text: WORDS.cancel },
    blocks: [
      whichCase(deps, state),
      ...(memory.reopens ? [markdown(WORDS.reopens)] : []),
      ...notes.map(markdown),
      ...textBoxes(WORDS.text, WORDS.placeholder, boxes),
      ...moreRoom(ACTIONS.replyMoreRoom, boxes.length),
      ...givenFilesInput(WORDS.filesOfMessage, memory.files, chosen),
      memory.files.length === 0 ? filesInput() : filesInput(WORDS.moreFiles),
      ccInput(cc),
      {
        type: 'context',
        block_id: 'what-aws-sees',
        elements: [{ type: 'plain_text', text: WORDS.whatAwsSees(stampOf(person)), emoji: false }],
      },
    ],
  };
}

function whichCase(
  deps: Pick<CommandDeps, 'slack' | 'accountName'>,
  { record, displayId, memory }: ReplyFormState,
): KnownBlock {
  if (record !== null) return caseLines(deps, record, undefined).block;
  return richText([bold(caseName({ displayId, key: parseCaseKey(memory.key) }))]);
}

/** The line that AWS gets below the text; the reference is given when it is sent. */
function stampOf(person: string): string {
  return withStamp('', person, '…').trim();
}

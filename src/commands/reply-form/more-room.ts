import { SlackError } from '../../slack/slack-error.js';
import { answer } from '../answer.js';
import { ccIn } from '../form-parts/cc.js';
import { givenFilesIn } from '../form-parts/files.js';
import { boxesIn } from '../form-parts/long-text.js';
import { NOTHING, type OnAct } from '../interaction.js';
import { knownCase } from '../known-case.js';
import { personName } from '../person-name.js';
import { REPLY_FORM_WORDS as WORDS } from '../words/reply-form.js';
import { recall } from './memory.js';
import { replyView } from './view.js';

/** Shows the form with one more box for the text. Everything typed and chosen stays, since the inputs keep their ids. */
export const moreRoomForReply: OnAct = async (deps, act) => {
  const { view } = act;
  if (view === null) return NOTHING;
  const memory = recall(deps, view.metadata, act.user);
  if (memory === null) return { say: [answer(WORDS.changed)], instead: false };
  const [{ displayId, record }, person] = await Promise.all([
    knownCase(deps, memory.key),
    personName(deps, act),
  ]);
  const next = replyView(deps, {
    memory,
    record,
    displayId,
    person,
    boxes: [...boxesIn(view.values), ''],
    cc: ccIn(view.values),
    chosen: givenFilesIn(view.values),
    notes: [],
  });
  await deps.views.update(view.id, next).catch((error: unknown) => {
    // Closed meanwhile.
    if (!(error instanceof SlackError && error.kind === 'gone')) throw error;
  });
  return NOTHING;
};

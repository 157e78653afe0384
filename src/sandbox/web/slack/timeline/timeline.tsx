/** The messages of a channel or of a thread, oldest first. */
import { Fragment, useEffect, useMemo, useRef } from 'react';
import { useInSlack, useParts } from '../in-slack.js';
import { dismissed, notes } from '../notes.js';
import { markRead } from '../place.js';
import { dayName, dayOf, timeOf } from '../time/clock.js';
import { MessageRow } from './message-row.js';
import { EphemeralRow, NoteRow } from './private-row.js';
import { goesOn, type Said, saidIn } from './said.js';
import { useStickToBottom } from './stick-to-bottom.js';
import './timeline.css';

interface TimelineProps {
  channel: string;
  threadTs?: string;
  label: string;
  /** What stands where nothing has been said yet. */
  empty: string;
}

function SaidRow({ said, compact, inThread }: { said: Said; compact: boolean; inThread: boolean }) {
  if (said.kind === 'ephemeral') return <EphemeralRow ephemeral={said.ephemeral} />;
  if (said.kind === 'note') return <NoteRow note={said.note} />;
  return (
    <MessageRow
      compact={compact}
      inThread={inThread}
      lastReply={said.replies?.last ?? ''}
      lastReplyBy={said.replies?.lastBy ?? ''}
      message={said.message}
      repliesBy={said.replies?.by ?? ''}
      replyCount={said.replies?.count ?? 0}
    />
  );
}

function defined<T>(all: readonly (T | undefined)[]): T[] {
  return all.filter((each) => each !== undefined);
}

export function Timeline({ channel, threadTs, label, empty }: TimelineProps) {
  const { user } = useInSlack();
  const messages = useParts('message');
  const ephemerals = useParts('ephemeral');
  const told = notes.use();
  const gone = dismissed.use();
  const said = useMemo(
    () =>
      saidIn(
        { channel, threadTs },
        {
          messages: defined(messages),
          ephemerals: defined(ephemerals).filter((each) => each.user === user && !gone.has(each.ts)),
          notes: told.filter((note) => note.user === user),
        },
      ),
    [channel, threadTs, messages, ephemerals, told, gone, user],
  );
  const inThread = threadTs !== undefined;
  const last = said.at(-1);
  const mine = last?.kind === 'note' || (last?.kind === 'message' && last.message.user === user);

  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { newBelow, toBottom } = useStickToBottom(scroller, content, { last: last?.ts ?? '', mine });

  useEffect(() => {
    if (last !== undefined) markRead(threadTs ?? channel, last.ts);
  }, [last, threadTs, channel]);

  const replies = said.filter((each) => each.kind === 'message').length - 1;
  return (
    <div className="slk-timeline">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse has to scroll it, too. */}
      <div aria-label={label} className="slk-scroller" ref={scroller} role="log" tabIndex={0}>
        <div className="slk-said" ref={content}>
          {said.length === 0 ? <p className="slk-empty">{empty}</p> : null}
          {said.map((each, index) => {
            const before = said[index - 1];
            const at = timeOf(each.ts);
            const newDay = !inThread && (before === undefined || dayOf(timeOf(before.ts)) !== dayOf(at));
            return (
              <Fragment key={`${each.kind}-${each.ts}`}>
                {newDay ? (
                  <div className="slk-divider slk-divider-day">
                    <span>{dayName(at)}</span>
                  </div>
                ) : null}
                <SaidRow
                  compact={goesOn(before, each) && !(inThread && index === 1)}
                  inThread={inThread}
                  said={each}
                />
                {inThread && index === 0 && replies > 0 ? (
                  <div className="slk-divider slk-divider-replies">
                    <span>
                      {replies} {replies === 1 ? 'reply' : 'replies'}
                    </span>
                  </div>
                ) : null}
              </Fragment>
            );
          })}
        </div>
      </div>
      {newBelow ? (
        <button className="slk-new-below" onClick={toBottom} type="button">
          ↓ New messages
        </button>
      ) : null}
    </div>
  );
}

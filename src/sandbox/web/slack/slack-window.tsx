/** Slack, as a person sees it: channel, threads, what is said to them alone, modals. Drawn from the picture alone. */
import { type MouseEvent, useEffect, useMemo, useRef } from 'react';
import { usePicture } from '../live.js';
import { draft, openThread, person } from '../selection.js';
import { type InSlack, InSlackContext } from './in-slack.js';
import { followHere } from './links.js';
import { type Place, place } from './place.js';
import { ChannelView } from './screens/channel-view.js';
import { HomeView } from './screens/home-view.js';
import { Modal } from './screens/modal.js';
import { Sidebar } from './screens/sidebar.js';
import { ThreadView } from './screens/thread-view.js';
import './slack-window.css';

/** Narrower than this, a thread stands in the place of its channel; the styles have the same number. */
const THREAD_BESIDE_PX = 680;

export function SlackWindow() {
  const picture = usePicture();
  const latest = useRef(picture);
  latest.current = picture;
  const root = useRef<HTMLElement>(null);
  const { about } = picture.parts;
  const chosen = person.use();
  const user = about?.people.find((id) => id === chosen) ?? about?.people[0];
  const thread = openThread.use();
  const wanted = place.use();
  const asked = draft.use();

  // Text for the channel's composer is of no use to somebody who does not see it.
  useEffect(() => {
    if (asked.number === 0 || about === undefined) return;
    place.set({ channel: about.channel });
    if ((root.current?.clientWidth ?? 0) < THREAD_BESIDE_PX) openThread.set(null);
  }, [asked, about]);

  const inSlack = useMemo<InSlack | null>(
    () =>
      about === undefined || user === undefined ? null : { user, about, look: () => latest.current, root },
    [user, about],
  );

  function at(): Place {
    const start = { channel: about?.channel ?? '' };
    if (wanted === null) return start;
    if (wanted === 'home') return about?.hasHome === true ? wanted : start;
    const im = picture.parts[`channel:${wanted.channel}`]?.im;
    // A direct message is nobody else's.
    return im === undefined || im === user ? wanted : start;
  }

  function clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (link instanceof HTMLAnchorElement && followHere(link.href, latest.current)) event.preventDefault();
  }

  const here = at();
  const threadHere =
    thread !== null &&
    here !== 'home' &&
    picture.parts[`message:${thread.channel}:${thread.ts}`] !== undefined
      ? thread
      : null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: links are followed by keyboard as clicks.
    <section
      aria-label="Slack"
      className={threadHere === null ? 'slk' : 'slk slk-with-thread'}
      onClick={clicked}
      ref={root}
    >
      {inSlack === null ? (
        <p className="slk-empty">Connecting…</p>
      ) : (
        <InSlackContext value={inSlack}>
          <div className="slk-panes">
            <Sidebar at={here} />
            {here === 'home' ? <HomeView /> : <ChannelView id={here.channel} />}
            {threadHere === null ? null : <ThreadView channel={threadHere.channel} ts={threadHere.ts} />}
          </div>
          <Modal />
        </InSlackContext>
      )}
    </section>
  );
}

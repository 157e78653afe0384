import { usePart } from '../../live.js';
import { Composer } from '../composer/composer.js';
import { Connection } from '../composer/connection.js';
import { useInSlack, useName } from '../in-slack.js';
import { Avatar } from '../timeline/avatar.js';
import { Timeline } from '../timeline/timeline.js';

/** A channel, or a direct message with the bot. */
export function ChannelView({ id }: { id: string }) {
  const channel = usePart(`channel:${id}`);
  const { about } = useInSlack();
  const bot = useName(about.botUser);
  if (channel === undefined) return null;
  const direct = channel.im !== undefined;
  const name = direct ? bot : `#${channel.name}`;
  return (
    <section aria-label={name} className="slk-channel">
      <header className="slk-head">
        <h2 className="slk-head-title">
          {direct ? <Avatar size={24} user={about.botUser} /> : null}
          {direct ? bot : <span>#&nbsp;{channel.name}</span>}
        </h2>
      </header>
      <Timeline
        channel={id}
        empty={direct ? `What ${bot} says to you alone appears here.` : 'Nothing has been said here yet.'}
        key={id}
        label="Channel"
      />
      {direct ? (
        <div className="slk-composer">
          <Connection />
          <p className="slk-composer-closed">Sending messages to this app has been turned off.</p>
        </div>
      ) : (
        <Composer channel={id} key={`composer-${id}`} label={`Message ${name}`} />
      )}
    </section>
  );
}

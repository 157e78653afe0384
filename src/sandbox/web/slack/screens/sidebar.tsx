import { choosePerson } from '../../selection.js';
import { useInSlack, useName, useParts } from '../in-slack.js';
import { goTo, type Place, useReadUpTo } from '../place.js';
import { Avatar } from '../timeline/avatar.js';
import './sidebar.css';

function PersonOption({ id }: { id: string }) {
  return <option value={id}>{useName(id)}</option>;
}

/** Who somebody at the page is in this workspace. */
function PersonSwitcher() {
  const { user, about } = useInSlack();
  return (
    <label className="slk-person">
      <Avatar size={28} user={user} />
      <span className="slk-person-you">You are</span>
      <select
        aria-label="You are"
        onChange={({ target }) => {
          choosePerson(target.value);
        }}
        title="Who you are in Slack"
        value={user}
      >
        {about.people.map((id) => (
          <PersonOption id={id} key={id} />
        ))}
      </select>
    </label>
  );
}

interface PlaceButtonProps {
  to: Place;
  current: boolean;
  sign: React.ReactNode;
  name: string;
  unread?: boolean;
}

function PlaceButton({ to, current, sign, name, unread = false }: PlaceButtonProps) {
  return (
    <button
      aria-current={current ? 'page' : undefined}
      aria-label={unread ? `${name}, unread` : name}
      className={unread ? 'slk-place slk-place-unread' : 'slk-place'}
      onClick={() => goTo(to)}
      title={name}
      type="button"
    >
      <span className="slk-place-sign">{sign}</span>
      <span className="slk-place-name">{name}</span>
    </button>
  );
}

interface ChannelButtonProps {
  id: string;
  name: string;
  direct: boolean;
  current: boolean;
}

function ChannelButton({ id, name, direct, current }: ChannelButtonProps) {
  const { about, user } = useInSlack();
  const messages = useParts('message');
  const readUpTo = useReadUpTo(id);
  const unread = messages.some(
    (message) =>
      message?.channel === id &&
      (message.threadTs === undefined || message.threadTs === message.ts) &&
      message.ts > readUpTo &&
      message.user !== user,
  );
  return (
    <PlaceButton
      current={current}
      name={name}
      sign={direct ? <Avatar size={20} user={about.botUser} /> : id === about.auditChannel ? <Shield /> : '#'}
      to={{ channel: id }}
      unread={unread && !current}
    />
  );
}

/** Not the app's picture: where only signs are to be seen, that leads to its messages. */
function House() {
  return (
    <svg aria-hidden="true" fill="none" height="18" viewBox="0 0 24 24" width="18">
      <path
        d="M4 11l8-7 8 7v9h-5.500v-6h-5v6H4z"
        stroke="currentColor"
        strokeLinejoin="round"
        strokeWidth="1.8"
      />
    </svg>
  );
}

/** Where only signs are to be seen, two channels must not look alike. */
function Shield() {
  return (
    <svg aria-hidden="true" fill="none" height="18" viewBox="0 0 24 24" width="18">
      <path
        d="M12 4l7 2.500v5.500c0 4-3 7-7 8.500-4-1.500-7-4.500-7-8.500V6.500z"
        stroke="currentColor"
        strokeLinejoin="round"
        strokeWidth="1.8"
      />
    </svg>
  );
}

/** Where one can go in the workspace. */
export function Sidebar({ at }: { at: Place }) {
  const { about, user } = useInSlack();
  const channels = useParts('channel').filter((channel) => channel !== undefined);
  const bot = useName(about.botUser);
  const direct = channels.filter((channel) => channel.im === user);
  const current = (id: string) => at !== 'home' && at.channel === id;
  return (
    <nav aria-label="Slack workspace" className="slk-sidebar">
      <div className="slk-workspace" title="Acme">
        <span aria-hidden="true" className="slk-workspace-sign">
          A
        </span>
        <span className="slk-workspace-name">Acme</span>
      </div>
      <div className="slk-places">
        <h3 className="slk-places-title">Channels</h3>
        {channels
          .filter((channel) => channel.im === undefined)
          .map(({ id, name }) => (
            <ChannelButton current={current(id)} direct={false} id={id} key={id} name={name} />
          ))}
        {direct.length === 0 ? null : <h3 className="slk-places-title">Direct messages</h3>}
        {direct.map(({ id }) => (
          <ChannelButton current={current(id)} direct id={id} key={id} name={bot} />
        ))}
        {about.hasHome ? (
          <>
            <h3 className="slk-places-title">Apps</h3>
            <PlaceButton current={at === 'home'} name="Home" sign={<House />} to="home" />
          </>
        ) : null}
      </div>
      <PersonSwitcher />
    </nav>
  );
}

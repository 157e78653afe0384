import type { Workspace } from '../workspace.js';

/**
 * What a person typed, as Slack hands it over with `should_escape`, or puts it into a message: the three entities, and
 * names of known people and channels and URLs as references. Only a command's references carry the name as well.
 */
export function escapeTyped(workspace: Workspace, typed: string, into: 'command' | 'message'): string {
  const people = new Map([...workspace.users.values()].map((user) => [user.name.toLowerCase(), user]));
  const channels = new Map([...workspace.channels.values()].map((channel) => [channel.name, channel]));
  const label = (name: string) => (into === 'command' ? `|${name}` : '');
  const escaped = typed.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return escaped.replace(
    /(https?:\/\/[^\s<>]+?)(?=[.,;:!?)]*(?:\s|$|&[lg]t;))|(?<![\w&])@([\w.-]*\w)|(?<![\w&])#([\w-]+)/g,
    (all, url: string | undefined, person: string | undefined, channel: string | undefined) => {
      if (url !== undefined) return `<${url}>`;
      if (person === 'here' || person === 'channel' || person === 'everyone') return `<!${person}>`;
      const user = person === undefined ? undefined : people.get(person.toLowerCase());
      if (user !== undefined) return `<@${user.id}${label(user.name)}>`;
      const known = channel === undefined ? undefined : channels.get(channel);
      return known === undefined ? all : `<#${known.id}${label(known.name)}>`;
    },
  );
}

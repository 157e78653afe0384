/** Everything that people do in the workspace, and Slack on behalf of them. */
import { type GivenFile, inMessage } from '../files/files.js';
import type { JsonObject } from '../json-object.js';
import type { Message, MessageFile } from '../message.js';
import { type ClickOptions, click } from './click.js';
import { type CommandOptions, command } from './command.js';
import type { Delivery } from './deliver.js';
import { type EventOptions, event, urlVerification } from './event.js';
import { type OpenHomeOptions, openHome } from './open-home.js';
import { type People, person, resend } from './people.js';
import { type Reacting, react } from './react.js';
import { mention, type Said, type Saying, say, write } from './say.js';
import type { ScreenView } from './screen-view.js';
import { composeLinks } from './share-links.js';
import { type ShortcutOptions, shortcut } from './shortcut.js';
import type { SignedRequest } from './signed-request.js';
import { closeView, type SubmitOptions, submitView } from './submit-view.js';
import { type SuggestOptions, suggest } from './suggest.js';

/** `botUrl` is where the app listens, without `/slack/events`. They throw where a person could not do it. */
export function acts(people: People) {
  return {
    command: (botUrl: string, what: CommandOptions): Promise<Delivery> => command(people, botUrl, what),
    click: (botUrl: string, what: ClickOptions): Promise<Delivery> => click(people, botUrl, what),
    submitView: (botUrl: string, what: SubmitOptions): Promise<Delivery> => submitView(people, botUrl, what),
    closeView: (botUrl: string, what: { view: ScreenView; user: string }) => closeView(people, botUrl, what),
    suggest: (botUrl: string, what: SuggestOptions) => suggest(people, botUrl, what),
    shortcut: (botUrl: string, what: ShortcutOptions): Promise<Delivery> => shortcut(people, botUrl, what),
    /** A person opens the app's page: its Home tab, unless told otherwise. */
    openHome: (botUrl: string, what: OpenHomeOptions) => openHome(people, botUrl, what),
    /** A message that the app hears nothing of. */
    say: (saying: Saying): Message => structuredClone(say(people, saying)),
    /** A message that a person types, with all that Slack tells the app because of it. */
    write: (botUrl: string, what: Omit<Saying, 'typed'>): Promise<Said> => write(people, botUrl, what),
    /** A person has links in a message that they have not sent; undefined where the app is not told. */
    compose: (botUrl: string, what: { user: string; text: string }) => composeLinks(people, botUrl, what),
    mention: (botUrl: string, saying: Saying, how?: EventOptions): Promise<Said> =>
      mention(people, botUrl, saying, how),
    /** A person puts a reaction on a message; undefined where the app is not told. */
    react: (botUrl: string, what: Reacting) => react(people, botUrl, what, 'added'),
    unreact: (botUrl: string, what: Reacting) => react(people, botUrl, what, 'removed'),
    /** A file that no message shows yet: to be chosen, by its id, in a file input of a modal. */
    upload: (user: string, file: GivenFile): MessageFile => {
      const added = inMessage(people.workspace.files.add(person(people, user).id, file));
      people.workspace.changed();
      return added;
    },
    deleteFile: (id: string): void => {
      const file = people.workspace.files.get(id);
      if (file === undefined) throw new Error(`There is no file ${id}`);
      people.workspace.removeFile(file);
    },
    /** Somebody who may deletes a message; over replies a placeholder stays. */
    deleteMessage: (channel: string, ts: string): void => {
      const message = people.workspace.message(channel, ts);
      if (message === undefined || message.deleted) throw new Error(`There is no message ${ts} to delete`);
      people.workspace.remove(message);
    },
    /** Any event, whether the app has subscribed to it or not. */
    event: (botUrl: string, inner: JsonObject, how?: EventOptions): Promise<Delivery> =>
      event(people, botUrl, inner, how),
    urlVerification: (botUrl: string, challenge = 'challenge') => urlVerification(people, botUrl, challenge),
    resend: (request: SignedRequest): Promise<Delivery> => resend(people, request),
  };
}

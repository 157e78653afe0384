import type { Answer, DeedName, Deeds } from '../page/protocol.js';

/** Does something on the server. Never rejects: what went wrong is a sentence to show. */
export async function perform<Name extends DeedName>(name: Name, deed: Deeds[Name]): Promise<Answer> {
  try {
    const response = await fetch(`do/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(deed),
    });
    return (await response.json()) as Answer;
  } catch {
    return { ok: false, error: 'The sandbox does not answer. Is it still running where you started it?' };
  }
}

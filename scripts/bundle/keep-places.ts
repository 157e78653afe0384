import { relative } from 'node:path';
import type { Plugin } from 'vite';

/** Files that a module of ours, in `compiled`, finds from its own place are not moved with it into `bundle`. */
export function keepPlaces(compiled: string, bundle: string): Plugin {
  return {
    name: 'keep-places',
    transform: {
      filter: { code: 'import.meta.url' },
      handler(code, id) {
        if (!id.startsWith(`${compiled}/`)) return undefined;
        const place = `new URL(${JSON.stringify(relative(bundle, id))}, import.meta.url).href`;
        return { code: code.replaceAll('import.meta.url', place), map: null };
      },
    },
    // What it missed would look for its files in the wrong folder, and say so only when it needs them.
    moduleParsed({ id, code }) {
      const rest = code?.replaceAll(/new URL\("[^"]*", import\.meta\.url\)\.href/g, '');
      if (!id.includes('/node_modules/') && rest && /\bimport\.meta\.(url|dirname|filename)\b/.test(rest))
        this.error(`${id} asks for its own place, and would be told that of the bundle.`);
    },
  };
}

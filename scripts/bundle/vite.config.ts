import { writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import type { MadeOf } from '../../src/start-program.js';

const ROOT = resolve(import.meta.dirname, '../..');
const COMPILED = join(ROOT, 'dist');
const BUNDLE = join(COMPILED, 'bundle');

/** Bundles the programs, with the packages they use, from what tsc made. See `src/start-program.ts`. */
export default defineConfig({
  root: ROOT,
  publicDir: false,
  plugins: [keepPlaces(), mapOwnCodeAlone(), listInputs()],
  // libsql is a native addon.
  ssr: { noExternal: true, external: ['libsql'] },
  build: {
    ssr: true,
    outDir: BUNDLE,
    emptyOutDir: true,
    target: 'node20.19',
    sourcemap: true,
    rolldownOptions: {
      input: {
        bot: 'dist/src/program.js',
        sandbox: 'dist/src/sandbox/program.js',
        doctor: 'dist/scripts/doctor/program.js',
        connect: 'dist/scripts/connect/program.js',
        audit: 'dist/scripts/audit/program.js',
        redrive: 'dist/scripts/redrive/program.js',
        // The bot as tests start it, a hundred times.
        'tests-replica': 'dist/test/world/replica-program.js',
      },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        sourcemapExcludeSources: true,
      },
    },
  },
});

/** Files that a module finds from its own place are not moved with it. */
function keepPlaces(): Plugin {
  return {
    name: 'keep-places',
    transform: {
      filter: { id: new RegExp(`^${COMPILED}/`), code: 'import.meta.url' },
      handler(code, id) {
        const place = `new URL(${JSON.stringify(relative(BUNDLE, id))}, import.meta.url).href`;
        return { code: code.replaceAll('import.meta.url', place), map: null };
      },
    },
  };
}

/** It is our code that an error in the log is traced to, and a map of all would be five times as large. */
function mapOwnCodeAlone(): Plugin {
  return {
    name: 'map-own-code-alone',
    transform: {
      filter: { id: /\/node_modules\// },
      handler: (code) => ({ code, map: { mappings: '' } }),
    },
  };
}

/** By this a start sees whether the bundle is as new as all that is in it. */
function listInputs(): Plugin {
  let since = 0;
  return {
    name: 'list-inputs',
    buildStart() {
      since = Date.now();
    },
    // Last of all: a bundle that is not yet whole is not used.
    writeBundle(_, chunks) {
      for (const chunk of Object.values(chunks)) {
        if (chunk.type !== 'chunk' || !chunk.isEntry || chunk.facadeModuleId === null) continue;
        const ids = new Set([chunk.facadeModuleId]);
        // A set goes on with what is added meanwhile.
        for (const id of ids) {
          const module = this.getModuleInfo(id);
          for (const other of [...(module?.importedIds ?? []), ...(module?.dynamicallyImportedIds ?? [])])
            ids.add(other);
        }
        const files = new Set([...ids].map(sourceOf).filter((file) => file !== null));
        const madeOf: MadeOf = { since, files: [...files] };
        writeFileSync(join(BUNDLE, `${chunk.name}.made-of.json`), JSON.stringify(madeOf));
      }
    },
  };
}

/** The file that changes with a module: its own, or that which tells the version of its package. */
function sourceOf(id: string): string | null {
  const inPackage = /^.*\/node_modules\/(@[^/]+\/)?[^/]+/.exec(id)?.[0];
  if (inPackage !== undefined) return relative(BUNDLE, join(inPackage, 'package.json'));
  return id.startsWith(COMPILED) ? relative(BUNDLE, id) : null;
}

import { join } from 'node:path';
import type { Plugin, UserConfig } from 'vite';
import { keepPlaces } from './keep-places.js';
import { listInputs } from './list-inputs.js';

/** How Vite makes `dist/bundle` of the programs of `root`, given by name, each the compiled file that it starts with. */
export function bundling(root: string, programs: Readonly<Record<string, string>>): UserConfig {
  const compiled = join(root, 'dist');
  const bundle = join(compiled, 'bundle');
  return {
    root,
    publicDir: false,
    plugins: [keepPlaces(compiled, bundle), mapOwnCodeAlone(), listInputs(root, bundle)],
    ssr: {
      noExternal: true,
      // libsql is a native addon. debug uses supports-color where it finds it, and only development brings that.
      external: ['libsql', 'supports-color'],
      // Packages are resolved to their ES modules, where Node takes the CommonJS of some (the AWS SDK's), of which
      // nothing can be left out: `resolve: { conditions: ['node', 'module-sync'], mainFields: ['main'] }` does as Node
      // does, and makes the start of the doctor a sixth slower, that of the bot a sixteenth.
    },
    build: {
      ssr: true,
      outDir: bundle,
      // A bot that runs imports parts of the build before yet.
      emptyOutDir: false,
      target: 'node20.19',
      sourcemap: true,
      rolldownOptions: {
        input: programs,
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          sourcemapExcludeSources: true,
        },
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

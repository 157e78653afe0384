import {
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import type { Plugin } from 'vite';
import type { MadeOf } from '../../src/start-program.js';

/**
 * Tells of each program what its bundle was made of: by this a start sees whether that is still what is there. And
 * removes what earlier builds left, but for the build before: what runs from that has not loaded all of it yet.
 */
export function listInputs(root: string, bundle: string): Plugin {
  const compiled = join(root, 'dist');
  const outputs = join(bundle, 'outputs.json');
  /** When each file was changed last before it was read. */
  const times = new Map<string, number>();

  /** The file that changes with a module: its own, or that which tells the version of its package. */
  const sourceOf = (id: string) => {
    const inPackage = packageOf(id);
    if (inPackage !== undefined) return join(inPackage, 'package.json');
    return id.startsWith(`${compiled}/`) ? id : undefined;
  };

  return {
    name: 'list-inputs',
    load(id) {
      const file = sourceOf(id);
      if (file !== undefined && !times.has(file)) times.set(file, statSync(file).mtimeMs);
    },
    buildEnd(error) {
      if (error !== undefined) return;
      const development = developmentPackages(root);
      const found = [...times.keys()].map(packageOf).filter((file) => file && development.has(file));
      // `npm prune --omit=dev` takes them away, and what was made of them would never again be taken for fresh.
      if (found.length > 0) this.error(`The bundle holds packages of development: ${found.join(', ')}.`);
    },
    // What is being written is no program's bundle until it is whole.
    generateBundle() {
      if (!existsSync(bundle)) return;
      for (const file of readdirSync(bundle)) if (file.endsWith('.made-of.json')) rmSync(join(bundle, file));
    },
    writeBundle(_, written) {
      const changed = [...times].find(
        ([file, at]) => statSync(file, { throwIfNoEntry: false })?.mtimeMs !== at,
      );
      if (changed !== undefined) {
        this.warn(
          `${changed[0]} was changed while this was made: the compiled files run until the next build.`,
        );
        return;
      }
      const before = namesIn(outputs);
      if (before !== undefined) {
        const keep = new Set([...before, ...Object.keys(written)]);
        for (const file of readdirSync(bundle))
          if (/\.js(\.map)?$/.test(file) && !keep.has(file)) rmSync(join(bundle, file));
      }
      write(outputs, Object.keys(written));
      for (const chunk of Object.values(written)) {
        if (chunk.type !== 'chunk' || !chunk.isEntry || chunk.facadeModuleId === null) continue;
        const ids = new Set([chunk.facadeModuleId]);
        // A set goes on with what is added meanwhile.
        for (const id of ids) {
          const module = this.getModuleInfo(id);
          for (const other of [...(module?.importedIds ?? []), ...(module?.dynamicallyImportedIds ?? [])])
            ids.add(other);
        }
        const files = new Set([...ids].map(sourceOf));
        const madeOf: MadeOf = Object.fromEntries(
          [...times].filter(([file]) => files.has(file)).map(([file, at]) => [relative(bundle, file), at]),
        );
        write(join(bundle, `${chunk.name}.made-of.json`), madeOf);
      }
    },
  };
}

function packageOf(id: string): string | undefined {
  return /^.*\/node_modules\/(@[^/]+\/)?[^/]+/.exec(id)?.[0];
}

/** The folders of packages that an installation for production leaves out. */
function developmentPackages(root: string): ReadonlySet<string> {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  // node_modules may be a link: a module's name is where it is.
  const above = join(realpathSync(join(root, 'node_modules')), '..');
  const names = Object.keys(packages).filter((name) => packages[name]?.dev === true);
  return new Set(names.map((name) => join(above, name)));
}

function namesIn(file: string): readonly string[] | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly string[];
  } catch {
    return undefined;
  }
}

/** Whole, or not at all. */
function write(file: string, value: unknown): void {
  writeFileSync(`${file}.new`, JSON.stringify(value));
  renameSync(`${file}.new`, file);
}

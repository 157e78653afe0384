import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';

const maps = new Map<string, SourceMap | null>();

/** Where in our code an error happened, in compiled lines: `sqlite/database.js:120:5`. Also where that runs bundled. */
export function firstFrame({ stack }: Error): string | undefined {
  for (const line of stack?.split('\n') ?? []) {
    const [, folder, file, row, column] =
      /(\/.*\/dist\/(?:src|bundle)\/)(.+):(\d+):(\d+)\)?$/.exec(line) ?? [];
    if (folder === undefined || file === undefined) continue;
    if (folder.endsWith('/dist/src/')) return `${file}:${row}:${column}`;
    const frame = compiledFrame(folder + file, Number(row) - 1, Number(column) - 1);
    if (frame !== undefined) return frame;
  }
  return undefined;
}

function compiledFrame(bundled: string, row: number, column: number): string | undefined {
  const entry = mapOf(bundled)?.findEntry(row, column);
  // What is found for a line of a package, which no map tells of, is the end of our code before it.
  if (entry === undefined || !('generatedLine' in entry) || entry.generatedLine !== row) return undefined;
  const file = /^\.\.\/src\/(.*)$/.exec(entry.originalSource)?.[1];
  return file && `${file}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

/** Read when it is first asked for: Node, told to heed source maps, would read all of them at every start. */
function mapOf(bundled: string): SourceMap | null {
  let map = maps.get(bundled);
  if (map === undefined) {
    try {
      map = new SourceMap(JSON.parse(readFileSync(`${bundled}.map`, 'utf8')) as SourceMapPayload);
    } catch {
      // A newer bundle may have taken its place.
      map = null;
    }
    maps.set(bundled, map);
  }
  return map;
}

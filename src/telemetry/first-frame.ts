import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath } from 'node:url';

const maps = new Map<string, SourceMap | null>();

/** Where in our code an error happened, in compiled lines: `sqlite/database.js:120:5`. Also where that runs bundled. */
export function firstFrame({ stack }: Error): string | undefined {
  for (const line of stack?.split('\n') ?? []) {
    const [, url, row, column] = /(file:\/\/\/\S+):(\d+):(\d+)\)?$/.exec(line) ?? [];
    const path = url && pathOf(url);
    const [, folder, file] = /^.*\/dist\/(src|bundle)\/(.+)$/.exec(path ?? '') ?? [];
    if (path === undefined || file === undefined) continue;
    if (folder === 'src') return `${file}:${row}:${column}`;
    const frame = compiledFrame(path, Number(row) - 1, Number(column) - 1);
    if (frame !== undefined) return frame;
  }
  return undefined;
}

/** A blank in a folder's name is %20 in its URL. The message of an error, too, may hold what looks like a frame. */
function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
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

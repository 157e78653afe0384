import { createRequire } from 'node:module';
import type { Document, LineCounter, Node, YAMLError } from 'yaml';
import type { Path } from './file-problem.js';

export interface Position {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface YamlDocument {
  /** Plain objects, lists, texts, numbers; a number that was written with leading zeros is NaN, for they are lost. */
  readonly value: unknown;
  /** Where something stands; of what is not there, where it would belong. */
  position(path: Path, on?: 'key'): Position;
}

export interface YamlFault extends Position {
  readonly says: string;
}

/** Uses of one anchor, its own ones in others included. Far more is an attack: a few lines grow into gigabytes. */
const MAX_ALIASES = 100;
/** One slip makes the parser stumble many times. */
const MAX_FAULTS = 5;

const INDENT =
  "The indentation is wrong here, or in the line above. Keys that belong together begin in the same column, and a list's lines begin with -.";
const COLON = 'A key needs a colon and a space behind it, and a value on the same line or indented below it.';

const SENTENCES: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'A tab stands at the beginning of the line. YAML is indented with spaces.',
  BAD_INDENT: INDENT,
  BLOCK_AS_IMPLICIT_KEY: `Two keys stand in one value. ${INDENT}`,
  BLOCK_IN_FLOW: 'Inside of [ ] and { } things are separated by commas, not by lines with -.',
  MISSING_CHAR: `Something is missing here: a closing quote or bracket, a colon, or a -. ${COLON}`,
  MULTILINE_IMPLICIT_KEY: COLON,
  DUPLICATE_KEY: 'This key is there twice. Leave one of them.',
  MULTIPLE_DOCS: 'A second document begins here. Remove the line, so that it is one.',
  BAD_SCALAR_START: 'A text that begins with this character has to stand between quotes.',
  BAD_DQ_ESCAPE: 'In double quotes \\ begins an escape. Use single quotes, or write it twice.',
  TAG_RESOLVE_FAILED: 'Tags (what begins with !) are not used here. Take it out.',
  RESOURCE_EXHAUSTION: 'This is nested too deeply.',
};
const NOT_YAML = 'This is not YAML.';

/** Faults never quote the file: the library's own messages do, and an external id may stand there. */
export function yamlDocument(text: string): { document: YamlDocument } | { faults: readonly YamlFault[] } {
  // Only where there is a CONFIG_FILE: loading it takes longer than reading the whole environment.
  const require = createRequire(import.meta.url);
  const yaml = require('yaml') as typeof import('yaml');

  const lines = new yaml.LineCounter();
  const doc = yaml.parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    schema: 'core',
    stringKeys: true,
    uniqueKeys: true,
  });
  const errors = [...doc.errors, ...doc.warnings];
  if (errors.length > 0) return { faults: faultsOf(errors, lines) };

  yaml.visit(doc, {
    Scalar(_, node) {
      if (typeof node.value === 'number' && /^[-+]?0\d/.test(node.source ?? '')) node.value = Number.NaN;
    },
  });
  let value: unknown;
  try {
    value = doc.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    return { faults: [{ line: 1, column: 1, says: aliasFault(doc, yaml) }] };
  }
  return {
    document: {
      value,
      position(path, on) {
        const { line, col } = lines.linePos(offsetOf(doc, yaml, path, on));
        return { line, column: col };
      },
    },
  };
}

function faultsOf(errors: readonly YAMLError[], lines: LineCounter): YamlFault[] {
  const byLine = new Map<number, YamlFault>();
  for (const { code, pos } of errors) {
    const { line, col } = lines.linePos(pos[0]);
    if (!byLine.has(line)) byLine.set(line, { line, column: col, says: SENTENCES[code] ?? NOT_YAML });
  }
  return [...byLine.values()].slice(0, MAX_FAULTS);
}

function aliasFault(doc: Document, yaml: typeof import('yaml')): string {
  let unknown = false;
  yaml.visit(doc, {
    Alias(_, node) {
      if (node.resolve(doc) === undefined) unknown = true;
    },
  });
  return unknown
    ? 'An alias (*) has no anchor (&) before it. A text that begins with * has to stand between quotes.'
    : 'Too many aliases (*) stand in here. Write out what they stand for.';
}

/** Where in the text a path leads, as far as it goes. */
function offsetOf(doc: Document, yaml: typeof import('yaml'), path: Path, on?: 'key'): number {
  let node: unknown = doc.contents;
  let offset = rangeOf(node);
  for (const [index, step] of path.entries()) {
    const holder = yaml.isAlias(node) ? node.resolve(doc) : node;
    if (yaml.isMap(holder)) {
      const pair = holder.items.find(({ key }) => yaml.isScalar(key) && String(key.value) === step);
      if (pair === undefined) break;
      const isLast = index === path.length - 1;
      node = (on === 'key' && isLast) || !yaml.isNode(pair.value) ? pair.key : pair.value;
    } else if (yaml.isSeq(holder) && typeof step === 'number') {
      node = holder.items[step];
    } else break;
    offset = rangeOf(node) ?? offset;
  }
  return offset ?? 0;
}

function rangeOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

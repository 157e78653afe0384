import { type CollectionTag, Lexer, parseDocument, Scalar, type ScalarTag, type YAMLSeq } from 'yaml';

/** A CloudFormation template, its short tags (`!Ref`) written out (`{ Ref: … }`), as far as its shape is certain. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, Values>>;
  readonly Metadata?: Values;
  readonly Rules?: Readonly<Record<string, Values>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Values>>;
  readonly Outputs?: Readonly<Record<string, Values>>;
  readonly [section: string]: unknown;
}

export type Values = Readonly<Record<string, unknown>>;

const OF_TEXT = ['Ref', 'Condition', 'GetAtt', 'Sub'];
const OF_LIST = ['If', 'Equals', 'Not', 'And', 'Or', 'Sub', 'Join', 'Select', 'Split'];

const longName = (name: string) => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);

const TAGS: (ScalarTag | CollectionTag)[] = [
  ...OF_TEXT.map((name) => ({
    tag: `!${name}`,
    resolve: (text: string) => ({ [longName(name)]: name === 'GetAtt' ? splitOnce(text) : text }),
  })),
  ...OF_LIST.map((name) => ({
    tag: `!${name}`,
    collection: 'seq' as const,
    resolve: (list: unknown) => new Scalar({ [longName(name)]: (list as YAMLSeq).toJSON() }),
  })),
];

/** Throws for what is no YAML, and for a tag that CloudFormation does not have. */
export function readTemplate(text: string): Template {
  // As CloudFormation reads it: without quotes `yes` is a boolean, and 2012-10-17 a date.
  const document = parseDocument(text, { schema: 'yaml-1.1', customTags: TAGS });
  const [wrong] = [...document.errors, ...document.warnings];
  if (wrong !== undefined) throw wrong;
  const [ambiguous] = ambiguousInFlow(text);
  if (ambiguous !== undefined) throw new Error(`YAML 1.1 wants quotes around “${ambiguous}”`);
  return document.toJS() as Template;
}

/**
 * Text without quotes inside `{ }` and `[ ]` that readers of YAML 1.1 (the AWS CLI's among them) take for something else:
 * there a `?` begins a key, and a `:` at the end ends one. The parser above is more lenient in every version.
 */
function ambiguousInFlow(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '{' || token === '[') depth += 1;
    else if (token === '}' || token === ']') depth -= 1;
    else if (depth > 0 && !/^['"#]/.test(token) && /\?|.:$/.test(token)) found.push(token);
  }
  return found;
}

function splitOnce(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `['Fn::Sub', 'text']` of what is an intrinsic function; null of anything else. */
export function intrinsic(value: unknown): readonly [name: string, argument: unknown] | null {
  if (!isValues(value)) return null;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return null;
  return /^(Ref|Condition|Fn::\w+)$/.test(entry[0]) ? entry : null;
}

/** What `${…}` of a Fn::Sub names. */
export function namesInSub(text: string): string[] {
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name);
}

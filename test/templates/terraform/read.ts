import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A node of an expression. What `meta` has goes by the type. */
export interface Node {
  readonly type: string;
  readonly children?: readonly Node[];
  readonly meta?: Meta;
}

/** Of some types only: each what it says. */
export interface Meta {
  readonly value: string;
  readonly type: string;
  readonly name: string;
  readonly fullAccessor: string;
  readonly operator: string;
  readonly valVar: string;
}

// Its declarations bring those of a browser with them, which would change what the compiler thinks of all other files.
const { parse, getExpressionAst } = createRequire(import.meta.url)('@cdktn/hcl2json') as {
  readonly parse: (file: string, text: string) => Promise<Readonly<Record<string, unknown>>>;
  readonly getExpressionAst: (file: string, expression: string) => Promise<Node | null>;
};

/** Text with expressions in it, in the order in which they stand. */
export class Template {
  constructor(readonly parts: readonly (string | Node)[]) {}
}

export type Block = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Block>>;

/** A module of Terraform: of each kind what it declares, by name, or by type and name (`aws_iam_role.bot`). */
export interface Module {
  readonly terraform: readonly Block[];
  readonly variables: Blocks;
  readonly locals: Block;
  readonly data: Blocks;
  readonly resources: Blocks;
  readonly outputs: Blocks;
  /** Blocks of a kind that these checks do not know. */
  readonly strangers: readonly string[];
}

/** The files of a module, by their names. */
export function moduleFiles(folder: string): Record<string, string> {
  const names = readdirSync(folder).filter((name) => name.endsWith('.tf'));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** Throws for what Terraform could not parse, and for what is declared twice. */
export async function readModule(files: Readonly<Record<string, string>>): Promise<Module> {
  const found = {
    terraform: [] as Block[],
    variables: {} as Record<string, Block>,
    locals: {} as Record<string, unknown>,
    data: {} as Record<string, Block>,
    resources: {} as Record<string, Block>,
    outputs: {} as Record<string, Block>,
    strangers: [] as string[],
  };
  const put = <T>(into: Record<string, T>, what: Readonly<Record<string, T>>) => {
    const twice = Object.keys(what).find((name) => name in into);
    if (twice !== undefined) throw new Error(`${twice} is there twice`);
    Object.assign(into, what);
  };
  for (const [file, text] of Object.entries(files)) {
    const kinds = (await withExpressions(file, await parse(file, text))) as Readonly<Record<string, unknown>>;
    for (const [kind, blocks] of Object.entries(kinds)) {
      if (kind === 'terraform') found.terraform.push(...(blocks as Block[]));
      else if (kind === 'locals') for (const each of blocks as Block[]) put(found.locals, each);
      else if (kind === 'variable') for (const each of withName(blocks)) put(found.variables, each);
      else if (kind === 'output') for (const each of withName(blocks)) put(found.outputs, each);
      else if (kind === 'data') for (const each of withTypeAndName(blocks)) put(found.data, each);
      else if (kind === 'resource') for (const each of withTypeAndName(blocks)) put(found.resources, each);
      else found.strangers.push(kind);
    }
  }
  return found;
}

/** Blocks with one label, each by its name. */
function withName(blocks: unknown): Blocks[] {
  return Object.entries(blocks as Readonly<Record<string, readonly Block[]>>).flatMap(([name, each]) =>
    each.map((block) => ({ [name]: block })),
  );
}

/** Blocks with two labels, each by its type and name. */
function withTypeAndName(blocks: unknown): Blocks[] {
  return Object.entries(blocks as Readonly<Record<string, unknown>>).flatMap(([type, each]) =>
    withName(each).map((block) =>
      Object.fromEntries(Object.entries(block).map(([name, body]) => [`${type}.${name}`, body])),
    ),
  );
}

/** Each text with `${…}` in it as a Template. */
async function withExpressions(file: string, value: unknown): Promise<unknown> {
  if (typeof value === 'string') return value.includes('${') ? template(file, value) : value;
  if (Array.isArray(value)) return Promise.all(value.map((each) => withExpressions(file, each)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    async ([key, each]) => [key, await withExpressions(file, each)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function template(file: string, text: string): Promise<Template> {
  const parts: (string | Node)[] = [];
  let from = 0;
  while (from < text.length) {
    const start = text.indexOf('${', from);
    const end = start < 0 ? text.length : start;
    if (end > from) parts.push(text.slice(from, end));
    if (start < 0) break;
    const close = closing(text, start + 2);
    const node = await getExpressionAst(file, text.slice(start + 2, close));
    if (node === null) throw new Error(`${file}: ${text} cannot be read`);
    parts.push(node);
    from = close + 1;
  }
  return new Template(parts);
}

/** Where the brace is closed that was opened before `from`. */
function closing(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') open += 1;
    if (text[at] === '}') open -= 1;
    if (open === 0) return at;
  }
  throw new Error(`${text} opens a brace that it does not close`);
}

/** All expressions within a value: their nodes, those within others as well. */
export function nodesIn(value: unknown): Node[] {
  if (value instanceof Template) {
    return value.parts.flatMap((part) => (typeof part === 'string' ? [] : [part, ...below(part)]));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(nodesIn);
}

function below(node: Node): Node[] {
  return (node.children ?? []).flatMap((child) => [child, ...below(child)]);
}

/** `aws.us_west_2` of what `provider` of a resource or data source says; '' where it says nothing. */
export function providerName(provider: unknown): string {
  const [node] = nodesIn(provider);
  return node === undefined ? '' : (named(node) ?? '');
}

/** `local.tags` as it stands, of a node that names something; null of any other. */
export function named(node: Node): string | null {
  return node.type === 'scopeTraversal' ? (node.meta?.fullAccessor ?? null) : null;
}

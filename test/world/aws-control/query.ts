/** AWS's query protocol: a form comes in, XML goes out. */
type Tree = { [name: string]: Tree | string };

/** `Tags.member.1.Key=a` becomes `{ Tags: [{ Key: 'a' }] }`. */
export function readForm(body: string): Record<string, unknown> {
  const tree: Tree = {};
  for (const [path, value] of new URLSearchParams(body)) {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    let at = tree;
    for (const step of steps) {
      const next = at[step];
      const branch: Tree = typeof next === 'object' ? next : {};
      at[step] = branch;
      at = branch;
    }
    at[last] = value;
  }
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, withLists(value)]));
}

function withLists(value: Tree | string): unknown {
  if (typeof value === 'string') return value;
  const { member } = value;
  if (typeof member === 'object') return Object.values(member).map(withLists);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withLists(inner)]));
}

export function xmlOf(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value))
    return `<${name}>${value.map((each) => xmlOf('member', each)).join('')}</${name}>`;
  if (typeof value === 'object' && value !== null) {
    const inner = Object.entries(value).map(([key, each]) => xmlOf(key, each));
    return `<${name}>${inner.join('')}</${name}>`;
  }
  return `<${name}>${escapeXml(String(value))}</${name}>`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export const XMLNS = 'https://sts.amazonaws.com/doc/2011-06-15/';

export type XmlValue = string | { readonly [name: string]: XmlValue };

export function element(name: string, value: XmlValue): string {
  const inner =
    typeof value === 'string'
      ? escapeXml(value)
      : Object.entries(value)
          .map(([child, its]) => element(child, its))
          .join('');
  return `<${name}>${inner}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

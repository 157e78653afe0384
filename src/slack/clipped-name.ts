import { clip } from './clip.js';
import { escapedLength } from './escape.js';

/** `production (111122223333)` within so many characters: of a long alias the beginning, and the id always whole. */
export function clippedName(name: string, limit: number): string {
  const [, alias, id] = /^(.*)( \(\d{12}\))$/s.exec(name) ?? [];
  return alias === undefined || id === undefined
    ? clip(name, limit)
    : `${clip(alias, limit - escapedLength(id))}${id}`;
}

import type { Service } from '../../support/support-api.js';

/**
 * The services whose name or code holds every word that was typed, or a beginning of it, best first. With nothing typed,
 * all of them.
 *
 * @param recent codes of services with cases, the latest first: they come before others that fit as well.
 */
export function findServices(
  services: readonly Service[],
  typed: string,
  recent: readonly string[],
): Service[] {
  const words = wordsOf(typed);
  const found = services.flatMap((service) => {
    const distance = distanceOf(service, words);
    return distance === null ? [] : [{ service, distance, recency: recencyOf(service.code, recent) }];
  });
  return found
    .sort(
      (a, b) =>
        a.distance - b.distance ||
        a.recency - b.recency ||
        a.service.name.localeCompare(b.service.name, 'en'),
    )
    .map(({ service }) => service);
}

/** 0 where everything typed is a word of the name; null where something is not there at all. */
function distanceOf({ name, code }: Service, words: readonly string[]): number | null {
  const [inName, inCode] = [wordsOf(name), wordsOf(code)];
  const wholeName = name.toLowerCase();
  let sum = 0;
  for (const word of words) {
    const distance = [
      inName.includes(word),
      inName.some((each) => each.startsWith(word)),
      inCode.includes(word),
      inCode.some((each) => each.startsWith(word)),
      wholeName.includes(word),
      code.toLowerCase().includes(word),
    ].indexOf(true);
    if (distance < 0) return null;
    sum += distance;
  }
  return sum;
}

function recencyOf(code: string, recent: readonly string[]): number {
  const index = recent.indexOf(code);
  return index < 0 ? recent.length : index;
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

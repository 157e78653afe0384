/** One line for one part: what it is, what it is called at AWS, what became of it. */
export function row(part: string, name: string, says: string): string {
  return `  ${part.padEnd(15)}  ${name.padEnd(24)}  ${says}`;
}

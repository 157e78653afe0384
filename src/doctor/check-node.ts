import type { Finding } from './finding.js';
import { found } from './found.js';

/** @param version as Node says it, e.g. `20.19.0`. */
export function checkNode(version: string): Finding[] {
  const { ok, warn, fail } = found('bot', 'Node.js');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    return [fail(`Version ${version} is too old.`, 'Install Node.js 20.19 or newer, better 22.')];
  if (major < 22) {
    return [
      warn(
        `Version ${version} works; the AWS SDK gets no more updates on it from January 2027 on.`,
        'Install Node.js 22 or newer before.',
      ),
    ];
  }
  return [ok(`Version ${version}.`)];
}

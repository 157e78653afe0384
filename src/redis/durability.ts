import type { Redis } from 'ioredis';

/**
 * What in the settings of a Redis server may cost us what it keeps: a sentence for each, with the remedy. Empty when all
 * is well, or when the server does not say (managed ones hide some of it).
 */
export async function durabilityRisks(redis: Redis): Promise<string[]> {
  const info = fieldsOf(await redis.info());
  return [
    ...persistenceRisks(info, await setting(redis, 'save')),
    ...(await syncRisks(redis, info)),
    ...evictionRisks(info),
  ];
}

/** @param snapshots the setting `save`; null when the server does not say. */
function persistenceRisks(info: ReadonlyMap<string, string>, snapshots: string | null): string[] {
  if (info.get('aof_enabled') !== '0') return [];
  if (snapshots === '') {
    return [
      'Redis keeps nothing on disk: when it restarts, replies on their way and what was told by events are lost, and ' +
        'threads have to be found again in Slack. Set appendonly yes.',
    ];
  }
  if (snapshots === null) return [];
  return [
    'Redis writes to disk only now and then (snapshots): when it restarts, the last minutes are lost. Set appendonly yes.',
  ];
}

function evictionRisks(info: ReadonlyMap<string, string>): string[] {
  const policy = info.get('maxmemory_policy') ?? 'noeviction';
  if (policy === 'noeviction' || policy.startsWith('volatile-')) return [];
  return [
    `Redis may drop keys of Casethread when its memory is full (maxmemory-policy ${policy}). Set maxmemory-policy noeviction.`,
  ];
}

async function syncRisks(redis: Redis, info: ReadonlyMap<string, string>): Promise<string[]> {
  if (info.get('aof_enabled') !== '1' || (await setting(redis, 'appendfsync')) !== 'no') return [];
  return [
    'Redis leaves to the operating system when it writes to disk (appendfsync no): a power cut may lose the last half ' +
      'minute. Set appendfsync everysec.',
  ];
}

/** Null when the server does not say: managed ones refuse CONFIG. */
async function setting(redis: Redis, name: string): Promise<string | null> {
  try {
    const answer: unknown = await redis.config('GET', name);
    return Array.isArray(answer) ? String(answer[1] ?? '') : null;
  } catch {
    return null;
  }
}

function fieldsOf(info: string): ReadonlyMap<string, string> {
  const lines = info.split('\r\n').map((line) => line.split(':', 2));
  return new Map(lines.map(([name = '', value = '']) => [name, value]));
}

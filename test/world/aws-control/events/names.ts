import { z } from 'zod';
import { ApiError } from '../../../../src/sandbox/aws/api-error.js';
import type { Desk } from '../state.js';

/** Of connections, API destinations, rules and targets alike. */
export const Name = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[.\-_A-Za-z0-9]+$/, 'Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+');
export const Description = z.string().max(512).optional();
export const Arn = z.string().min(1).max(1600);
/** There is no bus but the default one, named or left out. */
export const BusName = z
  .string()
  .min(1)
  .max(1600)
  .regex(/^(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/.\-_A-Za-z0-9]+$/)
  .default('default');
export const Tags = z.array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) }));
export const ConnectionArn = Arn.regex(
  /^arn:aws[a-z-]*:events:[a-z\d-]*:([0-9]{12})?:connection\/[.\-_A-Za-z0-9]+\/[-A-Za-z0-9]+$/,
);

/** Times in JSON: seconds since 1970. */
export const seconds = (ms: number): number => Math.floor(ms / 1000);

export function notFound(message: string): ApiError {
  return new ApiError('ResourceNotFoundException', message);
}

export function checkBus({ account, region }: Desk, bus: string): void {
  const arn = `arn:${account.partition}:events:${region.region}:${account.id}:event-bus/default`;
  if (bus !== 'default' && bus !== arn) throw notFound(`Event bus ${bus} does not exist.`);
}

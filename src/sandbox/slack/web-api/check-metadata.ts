import { isObject } from '../json-object.js';
import type { Metadata } from '../message.js';
import { Refusal } from '../refusal.js';

// Slack publishes no number for metadata_too_large; design keeps ours under 1 KB.
const MAX_BYTES = 4_096;

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isFlat(value: unknown): boolean {
  return isObject(value) && Object.values(value).every(isScalar);
}

function isPayloadValue(value: unknown): boolean {
  return isScalar(value) || isFlat(value) || (Array.isArray(value) && value.every(isFlat));
}

/** Metadata as Slack keeps it. `undefined` for the empty object, which takes it away in chat.update. */
export function acceptMetadata(value: unknown): Metadata | undefined {
  if (!isObject(value)) throw new Refusal('invalid_metadata_format');
  if (Object.keys(value).length === 0) return undefined;
  const { event_type: type, event_payload: payload, ...rest } = value;
  if (
    Object.keys(rest).length > 0 ||
    typeof type !== 'string' ||
    !/^\w{1,255}$/.test(type) ||
    !isObject(payload) ||
    !Object.values(payload).every(isPayloadValue)
  ) {
    throw new Refusal('invalid_metadata_schema');
  }
  if (Buffer.byteLength(JSON.stringify(value)) > MAX_BYTES) throw new Refusal('metadata_too_large');
  return { event_type: type, event_payload: structuredClone(payload) };
}

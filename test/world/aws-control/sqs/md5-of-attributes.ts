import { createHash } from 'node:crypto';
import type { Message } from './queue.js';

/** As the developer guide has it: by name, each part with its length before it. Undefined where there are none. */
export function md5OfAttributes(attributes: Message['attributes']): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const part = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name];
    part(Buffer.from(name));
    part(Buffer.from(attribute?.DataType ?? ''));
    if (attribute?.StringValue !== undefined) {
      hash.update(Buffer.from([1]));
      part(Buffer.from(attribute.StringValue));
    } else {
      hash.update(Buffer.from([2]));
      part(Buffer.from(attribute?.BinaryValue ?? '', 'base64'));
    }
  }
  return hash.digest('hex');
}

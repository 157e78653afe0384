/** Tags and documents, as AWS gives them out. Pure. */
import { TAG } from './names.js';

/** Tags were not looked at. */
export const UNTOLD = { tagged: null, stack: null } as const;

/** What tags tell. CloudFormation puts its own on all that can be tagged. */
export function told(tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined): {
  tagged: boolean;
  stack: string | null;
} {
  const value = (key: string) => tags?.find((tag) => tag.Key === key)?.Value;
  return { tagged: value(TAG.key) === TAG.value, stack: value('aws:cloudformation:stack-name') ?? null };
}

/** IAM gives documents back as they stand in an address (RFC 3986). */
export function encoded(document: string | undefined): unknown {
  try {
    return json(document === undefined ? undefined : decodeURIComponent(document));
  } catch {
    return null;
  }
}

/** Null for what is no JSON, and for nothing. */
export function json(text: string | undefined): unknown {
  try {
    return text === undefined ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

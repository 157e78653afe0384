/** The connection was never made, so AWS cannot have carried out anything. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

export interface Described {
  readonly name: string;
  /** Of the network. */
  readonly code?: string;
  /** Of the answer, where there was one. */
  readonly status?: number;
  readonly message: string;
}

/** What there is to know of an error of the SDK. */
export function describe(error: unknown): Described {
  if (!(error instanceof Error)) return { name: 'Unknown', message: 'unknown error' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const metadata =
    '$metadata' in error ? (error.$metadata as { httpStatusCode?: number } | undefined) : undefined;
  const status = metadata?.httpStatusCode;
  return {
    name: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
  };
}

export function wasNeverSent({ code }: Described): boolean {
  return code !== undefined && NEVER_SENT.has(code);
}

export function isThrottling({ name, status }: Described): boolean {
  return (
    /Throttl|TooManyRequests|RequestLimitExceeded|DescribeAttachmentLimitExceeded|SlowDown/.test(name) ||
    status === 429
  );
}

/** Of an error that the network or a server makes, and not what was asked. */
export function isUnreachable(error: unknown): boolean {
  const about = describe(error);
  // What the SDK finds wrong by itself, before it asks anybody, has neither a status nor a code of the network.
  return (
    wasNeverSent(about) ||
    (about.status !== undefined && about.status >= 500) ||
    /^(TimeoutError|AbortError)$/.test(about.name) ||
    /^(ECONNRESET|EPIPE|ETIMEDOUT|ECONNABORTED)$/.test(about.code ?? '')
  );
}

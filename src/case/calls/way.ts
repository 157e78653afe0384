import type { CallWay } from './api-call.js';
import { fieldsOf, word, yesOrNo } from './record-fields.js';

/**
 * How a call was made, as `userAgent`, `invokedBy` and `sessionCredentialFromConsole` tell. The AWS CLI names the SDK that it
 * is built on as well, so it is asked for first; calls of the console carry the agent of the browser, or that of the SDK
 * with which the console calls.
 */
export function wayOf(record: Readonly<Record<string, unknown>>): CallWay {
  const identity = fieldsOf(record.userIdentity);
  const agent = word(record.userAgent, 500);
  const invokedBy = word(identity.invokedBy, 128);
  const service = [invokedBy, agent].find((each) =>
    /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(each),
  );
  // Also in a terminal within the console, whose credentials are those of the console.
  if (/\baws-cli\//.test(agent)) return 'cli';
  if (yesOrNo(record.sessionCredentialFromConsole) === true) return 'console';
  if (service !== undefined) {
    if (/^(console|signin)\./.test(service)) return 'console';
    return service.startsWith('supportapp.') ? 'support-app' : 'service';
  }
  if (/^aws internal$/i.test(invokedBy) || /^aws internal$/i.test(agent)) return 'service';
  if (identity.type === 'AWSService') return 'service';
  if (/^Mozilla\/|Console\b/.test(agent)) return 'console';
  // What is built on an SDK and called by AWS itself says so, and nothing of who stands behind it.
  if (/\baws-internal\//.test(agent)) return 'unknown';
  return /\b(boto3|botocore|aws-sdk-|awspowershell)/i.test(agent) ? 'sdk' : 'unknown';
}

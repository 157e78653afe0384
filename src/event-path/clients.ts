import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { IAM } from '@aws-sdk/client-iam';
import type { SQS } from '@aws-sdk/client-sqs';
import type { STS } from '@aws-sdk/client-sts';

/** Each is loaded and made when it is first used: the bot starts without them. */
export interface EventPathClients {
  readonly region: string;
  readonly events: () => Promise<EventBridge>;
  readonly sqs: () => Promise<SQS>;
  readonly iam: () => Promise<IAM>;
  readonly sts: () => Promise<STS>;
  readonly close: () => void;
}

export interface ClientOptions {
  readonly region: string;
  /** Of AWS's shared configuration; it goes before an access key in the environment. */
  readonly profile?: string | undefined;
  /** How often a call is made until it has an answer; all that is called here may be called again. */
  readonly maxAttempts?: number | undefined;
}

export function eventPathClients({ region, profile, maxAttempts = 5 }: ClientOptions): EventPathClients {
  const settings = { region, maxAttempts, ...(profile === undefined ? {} : { profile }) };
  const made: { destroy: () => void }[] = [];
  const once = <T extends { destroy: () => void }>(make: () => Promise<T>): (() => Promise<T>) => {
    let client: Promise<T> | undefined;
    return () => {
      client ??= make().then((each) => {
        made.push(each);
        return each;
      });
      return client;
    };
  };
  return {
    region,
    events: once(async () => new (await import('@aws-sdk/client-eventbridge')).EventBridge(settings)),
    sqs: once(async () => new (await import('@aws-sdk/client-sqs')).SQS(settings)),
    iam: once(async () => new (await import('@aws-sdk/client-iam')).IAM(settings)),
    sts: once(async () => new (await import('@aws-sdk/client-sts')).STS(settings)),
    close: () => {
      for (const client of made.splice(0)) client.destroy();
    },
  };
}

import type { CloudTrail } from '@aws-sdk/client-cloudtrail';
import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { IAM } from '@aws-sdk/client-iam';
import type { SQS } from '@aws-sdk/client-sqs';
import type { STS } from '@aws-sdk/client-sts';
import { noteHosts } from '../telemetry/asked-host.js';

/** Each is loaded and made when it is first used: the bot starts without them. */
export interface EventPathClients {
  readonly region: string;
  readonly events: () => Promise<EventBridge>;
  readonly sqs: () => Promise<SQS>;
  readonly iam: () => Promise<IAM>;
  readonly sts: () => Promise<STS>;
  readonly trails: () => Promise<CloudTrail>;
  /** The same in another Region; closed with these. */
  readonly in: (region: string) => EventPathClients;
  readonly close: () => void;
}

export interface ClientOptions {
  readonly region: string;
  /** Of AWS's shared configuration; it goes before an access key in the environment. */
  readonly profile?: string | undefined;
  /** How often a call is made until it has an answer; all that is called here may be called again. */
  readonly maxAttempts?: number | undefined;
  /** How long an answer may take; the SDK waits for as long as the connection stands. */
  readonly answerMs?: number | undefined;
  /** For tests; else both are found by the rules of the AWS SDK. */
  readonly endpoint?: string | undefined;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

const CONNECT_MS = 3_000;

export function eventPathClients(options: ClientOptions): EventPathClients {
  const { region, profile, maxAttempts = 5, answerMs, endpoint, credentials } = options;
  const settings = {
    region,
    maxAttempts,
    ...(answerMs === undefined
      ? {}
      : {
          requestHandler: {
            connectionTimeout: CONNECT_MS,
            requestTimeout: answerMs,
            throwOnRequestTimeout: true,
          },
        }),
    ...(profile === undefined ? {} : { profile, credentials: ofProfile(profile) }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  const made: { destroy: () => void }[] = [];
  const once = <T extends { destroy: () => void; readonly middlewareStack: object }>(
    make: () => Promise<T>,
  ): (() => Promise<T>) => {
    let client: Promise<T> | undefined;
    return () => {
      client ??= make().then((each) => {
        made.push(each);
        noteHosts(each);
        return each;
      });
      return client;
    };
  };
  const elsewhere = new Map<string, EventPathClients>();
  const clients: EventPathClients = {
    region,
    events: once(async () => new (await import('@aws-sdk/client-eventbridge')).EventBridge(settings)),
    sqs: once(async () => new (await import('@aws-sdk/client-sqs')).SQS(settings)),
    iam: once(
      async () => new (await import('@aws-sdk/client-iam')).IAM({ ...settings, region: homeOf(region) }),
    ),
    sts: once(async () => new (await import('@aws-sdk/client-sts')).STS(settings)),
    trails: once(async () => new (await import('@aws-sdk/client-cloudtrail')).CloudTrail(settings)),
    in: (other) => {
      if (other === region) return clients;
      const there = elsewhere.get(other) ?? eventPathClients({ ...options, region: other });
      elsewhere.set(other, there);
      return there;
    },
    close: () => {
      for (const there of elsewhere.values()) there.close();
      for (const client of made.splice(0)) client.destroy();
    },
  };
  return clients;
}

type Provider = ReturnType<typeof import('@aws-sdk/credential-providers').fromIni>;

/** The profile alone: the SDK's own search warns of access keys in the environment, and may take them one day. */
function ofProfile(profile: string): Provider {
  let provider: Provider | undefined;
  return async (...properties) => {
    provider ??= (await import('@aws-sdk/credential-providers')).fromIni({ profile });
    return provider(...properties);
  };
}

/** IAM is signed for one Region of a partition; with AWS_ENDPOINT_URL the SDK does not find it by itself. */
function homeOf(region: string): string {
  if (region.startsWith('us-gov-')) return 'us-gov-west-1';
  return region.startsWith('cn-') ? 'cn-north-1' : 'us-east-1';
}

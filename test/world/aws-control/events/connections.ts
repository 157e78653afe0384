import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ApiError, invalid } from '../../../../src/sandbox/aws/api-error.js';
import { type Operations, operation } from '../operation.js';
import { arnOf, type Desk } from '../state.js';
import { Description, Name, notFound, seconds } from './names.js';

type State = 'AUTHORIZING' | 'AUTHORIZED' | 'DEAUTHORIZED' | 'DELETING';

/** A connection with an API key; other kinds cannot be made here. */
export interface Connection {
  readonly name: string;
  readonly arn: string;
  readonly secretArn: string;
  readonly createdAt: number;
  modifiedAt: number;
  authorizedAt: number | undefined;
  description: string | undefined;
  keyName: string;
  keyValue: string;
  state: State;
  /** How often DescribeConnection still says AUTHORIZING, or DELETING. */
  pollsLeft: number;
}

const Key = z
  .string()
  .min(1)
  .max(512)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what the model forbids.
  .regex(/^[ \t]*[^\x00-\x1F:\x7F]+([ \t]+[^\x00-\x1F:\x7F]+)*[ \t]*$/);
const AuthorizationType = z.enum(['BASIC', 'OAUTH_CLIENT_CREDENTIALS', 'API_KEY']);
const KeyOnCreate = z.strictObject({ ApiKeyName: Key, ApiKeyValue: Key });
const KeyOnUpdate = z.strictObject({ ApiKeyName: Key.optional(), ApiKeyValue: Key.optional() });

function connectionNamed({ region }: Desk, name: string): Connection {
  const connection = region.connections.get(name);
  if (connection === undefined)
    throw notFound(`Failed to describe the connection(s). Connection '${name}' does not exist.`);
  return connection;
}

export function connectionOf({ region }: Desk, arn: string): Connection | undefined {
  return [...region.connections.values()].find((each) => each.arn === arn && each.state !== 'DELETING');
}

/** Looks at a connection, and lets time pass for it. */
function poll(desk: Desk, connection: Connection): void {
  if (connection.state !== 'AUTHORIZING' && connection.state !== 'DELETING') return;
  if (connection.pollsLeft > 0) {
    connection.pollsLeft -= 1;
    return;
  }
  if (connection.state === 'DELETING') {
    desk.region.connections.delete(connection.name);
    return;
  }
  connection.state = desk.behaviour.authorizes;
  if (connection.state === 'AUTHORIZED') connection.authorizedAt = desk.now();
}

function shown({ arn, state, createdAt, modifiedAt, authorizedAt }: Connection) {
  return {
    ConnectionArn: arn,
    ConnectionState: state,
    CreationTime: seconds(createdAt),
    LastModifiedTime: seconds(modifiedAt),
    LastAuthorizedTime: authorizedAt === undefined ? undefined : seconds(authorizedAt),
  };
}

function onlyApiKeys(type: string | undefined): void {
  if (type !== undefined && type !== 'API_KEY')
    throw invalid(`The stand-in has connections with an API key alone, not ${type}.`);
}

export const connectionOperations: Operations = {
  CreateConnection: operation(
    z.strictObject({
      Name,
      Description,
      AuthorizationType,
      AuthParameters: z.strictObject({ ApiKeyAuthParameters: KeyOnCreate.optional() }),
    }),
    (desk, input) => {
      const { region, behaviour, now } = desk;
      onlyApiKeys(input.AuthorizationType);
      const key = input.AuthParameters.ApiKeyAuthParameters;
      if (key === undefined)
        throw invalid('ApiKeyAuthParameters is required for authorization type API_KEY.');
      const existing = region.connections.get(input.Name);
      if (existing !== undefined)
        throw new ApiError('ResourceAlreadyExistsException', `Connection ${input.Name} already exists.`);
      const id = randomUUID();
      const connection: Connection = {
        name: input.Name,
        arn: arnOf(desk, 'events', `connection/${input.Name}/${id}`),
        secretArn: arnOf(
          desk,
          'secretsmanager',
          `secret:events!connection/${input.Name}/${id}-${id.slice(0, 6)}`,
        ),
        createdAt: now(),
        modifiedAt: now(),
        authorizedAt: undefined,
        description: input.Description,
        keyName: key.ApiKeyName,
        keyValue: key.ApiKeyValue,
        state: 'AUTHORIZING',
        pollsLeft: behaviour.authorizingPolls,
      };
      region.connections.set(connection.name, connection);
      return shown(connection);
    },
    // The first one in an account also makes the service-linked role that reaches the secrets.
    ({ account }) => [
      'secretsmanager:CreateSecret',
      ...([...account.regions.values()].every(({ connections }) => connections.size === 0)
        ? ['iam:CreateServiceLinkedRole']
        : []),
    ],
  ),
  DescribeConnection: operation(z.strictObject({ Name }), (desk, input) => {
    poll(desk, connectionNamed(desk, input.Name));
    const connection = connectionNamed(desk, input.Name);
    return {
      ...shown(connection),
      Name: connection.name,
      Description: connection.description,
      StateReason: connection.state === 'DEAUTHORIZED' ? desk.behaviour.stateReason : undefined,
      AuthorizationType: 'API_KEY',
      SecretArn: connection.secretArn,
      // Never the value.
      AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: connection.keyName } },
    };
  }),
  UpdateConnection: operation(
    z.strictObject({
      Name,
      Description,
      AuthorizationType: AuthorizationType.optional(),
      AuthParameters: z.strictObject({ ApiKeyAuthParameters: KeyOnUpdate.optional() }).optional(),
    }),
    (desk, input) => {
      onlyApiKeys(input.AuthorizationType);
      const connection = connectionNamed(desk, input.Name);
      if (connection.state === 'DELETING')
        throw new ApiError('ConcurrentModificationException', `Connection ${input.Name} is being deleted.`);
      const key = input.AuthParameters?.ApiKeyAuthParameters;
      if (input.Description !== undefined) connection.description = input.Description;
      if (key !== undefined) {
        connection.keyName = key.ApiKeyName ?? connection.keyName;
        connection.keyValue = key.ApiKeyValue ?? connection.keyValue;
        connection.state = 'AUTHORIZING';
        connection.pollsLeft = desk.behaviour.authorizingPolls;
      }
      connection.modifiedAt = desk.now();
      return shown(connection);
    },
    (_desk, input) => (input.AuthParameters === undefined ? [] : ['secretsmanager:UpdateSecret']),
  ),
  DeleteConnection: operation(
    z.strictObject({ Name }),
    (desk, input) => {
      const connection = connectionNamed(desk, input.Name);
      connection.state = 'DELETING';
      connection.pollsLeft = desk.behaviour.deletingPolls;
      if (connection.pollsLeft === 0) desk.region.connections.delete(connection.name);
      return shown(connection);
    },
    () => ['secretsmanager:DeleteSecret'],
  ),
};

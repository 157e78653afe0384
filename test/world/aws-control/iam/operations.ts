import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ApiError } from '../../../../src/sandbox/aws/api-error.js';
import { type Operations, operation } from '../operation.js';
import { readPolicy } from '../policy.js';
import type { Desk } from '../state.js';
import type { Role } from './role.js';

const RoleName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w+=,.@-]+$/);
const PolicyName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+=,.@-]+$/);
const Document = z
  .string()
  .min(1)
  .max(131_072)
  .regex(/^[\t\n\r -\u00FF]+$/);
/** An empty list is an empty text in a form. */
const Tags = z.preprocess(
  (given) => (given === '' ? [] : given),
  z
    .array(
      z.strictObject({
        Key: z
          .string()
          .min(1)
          .max(128)
          .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u),
        Value: z
          .string()
          .max(256)
          .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u),
      }),
    )
    .max(50),
);
/** Numbers are text in a form. */
const MaxItems = z.coerce.number().int().min(1).max(1000).optional();
const Marker = z.string().optional();

function roleNamed({ account }: Desk, name: string): Role {
  const role = account.roles.get(name);
  if (role === undefined)
    throw new ApiError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
  return role;
}

function checkPolicy(document: string, kind: 'trust' | 'inline'): void {
  const statements = readPolicy(document);
  const isComplete = statements?.every(({ Principal, Resource }) =>
    kind === 'trust'
      ? Principal !== undefined && Resource === undefined
      : Principal === undefined && Resource !== undefined,
  );
  if (isComplete !== true) throw new ApiError('MalformedPolicyDocument', 'Syntax errors in policy.', 400);
}

/** Documents come back as they would stand in an address (RFC 3986). */
const shown = (document: string): string => encodeURIComponent(document);
/** The only version that managed policies have here. */
const VERSION = 'v1';
const time = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
const tagList = ({ tags }: Role) => [...tags].map(([Key, Value]) => ({ Key, Value }));

function describe(role: Role) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: time(role.createdAt),
    AssumeRolePolicyDocument: shown(role.trust),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
    Tags: role.tags.size === 0 ? undefined : tagList(role),
  };
}

export const iamOperations: Operations = {
  CreateRole: operation(
    z.strictObject({
      Path: z
        .string()
        .min(1)
        .max(512)
        .regex(/^(\/|\/[!-~]+\/)$/)
        .default('/'),
      RoleName,
      AssumeRolePolicyDocument: Document,
      Description: z.string().max(1000).optional(),
      MaxSessionDuration: z.coerce.number().int().min(3600).max(43_200).default(3600),
      Tags: Tags.optional(),
    }),
    (desk, input) => {
      const { account, behaviour, now } = desk;
      if (account.roles.has(input.RoleName))
        throw new ApiError('EntityAlreadyExists', `Role with name ${input.RoleName} already exists.`, 409);
      checkPolicy(input.AssumeRolePolicyDocument, 'trust');
      const role: Role = {
        name: input.RoleName,
        id: `AROA${randomBytes(9).toString('hex').slice(0, 17).toUpperCase()}`,
        arn: `arn:${account.partition}:iam::${account.id}:role${input.Path}${input.RoleName}`,
        path: input.Path,
        createdAt: now(),
        trust: input.AssumeRolePolicyDocument,
        description: input.Description,
        maxSessionDuration: input.MaxSessionDuration,
        tags: new Map((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
        policies: new Map(),
        attached: new Map(),
        freshCalls: behaviour.freshRoleCalls,
      };
      account.roles.set(role.name, role);
      return { Role: describe(role) };
    },
    (_desk, input) => (input.Tags === undefined ? [] : ['iam:TagRole']),
  ),
  GetRole: operation(z.strictObject({ RoleName }), (desk, input) => ({
    Role: describe(roleNamed(desk, input.RoleName)),
  })),
  UpdateAssumeRolePolicy: operation(z.strictObject({ RoleName, PolicyDocument: Document }), (desk, input) => {
    const role = roleNamed(desk, input.RoleName);
    checkPolicy(input.PolicyDocument, 'trust');
    role.trust = input.PolicyDocument;
    role.freshCalls = desk.behaviour.freshRoleCalls;
    return {};
  }),
  TagRole: operation(z.strictObject({ RoleName, Tags }), (desk, input) => {
    const role = roleNamed(desk, input.RoleName);
    for (const { Key, Value } of input.Tags) role.tags.set(Key, Value);
    return {};
  }),
  ListRoleTags: operation(z.strictObject({ RoleName, Marker, MaxItems }), (desk, input) => ({
    Tags: tagList(roleNamed(desk, input.RoleName)),
    IsTruncated: false,
  })),
  PutRolePolicy: operation(
    z.strictObject({ RoleName, PolicyName, PolicyDocument: Document }),
    (desk, input) => {
      const role = roleNamed(desk, input.RoleName);
      checkPolicy(input.PolicyDocument, 'inline');
      // All inline policies of a role together, without white space.
      const others = [...role.policies].filter(([name]) => name !== input.PolicyName).map(([, each]) => each);
      const length = [...others, input.PolicyDocument].join('').replace(/\s/g, '').length;
      if (length > 10_240)
        throw new ApiError(
          'LimitExceeded',
          `Maximum policy size of 10240 bytes exceeded for role ${role.name}`,
          409,
        );
      role.policies.set(input.PolicyName, input.PolicyDocument);
      return {};
    },
  ),
  GetRolePolicy: operation(z.strictObject({ RoleName, PolicyName }), (desk, input) => {
    const document = roleNamed(desk, input.RoleName).policies.get(input.PolicyName);
    if (document === undefined) throw noPolicy(input.PolicyName);
    return { RoleName: input.RoleName, PolicyName: input.PolicyName, PolicyDocument: shown(document) };
  }),
  DeleteRolePolicy: operation(z.strictObject({ RoleName, PolicyName }), (desk, input) => {
    if (!roleNamed(desk, input.RoleName).policies.delete(input.PolicyName)) throw noPolicy(input.PolicyName);
    return {};
  }),
  ListRolePolicies: operation(z.strictObject({ RoleName, Marker, MaxItems }), (desk, input) => ({
    PolicyNames: [...roleNamed(desk, input.RoleName).policies.keys()],
    IsTruncated: false,
  })),
  ListAttachedRolePolicies: operation(
    z.strictObject({ RoleName, PathPrefix: z.string().optional(), Marker, MaxItems }),
    (desk, input) => {
      const { attached } = roleNamed(desk, input.RoleName);
      const AttachedPolicies = [...attached.keys()].map((arn) => ({
        PolicyName: arn.split('/').at(-1),
        PolicyArn: arn,
      }));
      return { AttachedPolicies, IsTruncated: false };
    },
  ),
  GetPolicy: operation(z.strictObject({ PolicyArn: z.string().min(20) }), (desk, { PolicyArn: arn }) => {
    managed(desk, arn);
    return { Policy: { PolicyName: arn.split('/').at(-1), Arn: arn, DefaultVersionId: VERSION } };
  }),
  GetPolicyVersion: operation(
    z.strictObject({ PolicyArn: z.string().min(20), VersionId: z.literal(VERSION) }),
    (desk, input) => ({
      PolicyVersion: {
        Document: shown(managed(desk, input.PolicyArn)),
        VersionId: VERSION,
        IsDefaultVersion: true,
      },
    }),
  ),
  DeleteRole: operation(z.strictObject({ RoleName }), (desk, input) => {
    const role = roleNamed(desk, input.RoleName);
    if (role.policies.size > 0)
      throw new ApiError('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409);
    if (role.attached.size > 0)
      throw new ApiError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409);
    desk.account.roles.delete(role.name);
    return {};
  }),
};

function managed({ account }: Desk, arn: string): string {
  const document = [...account.roles.values()].map(({ attached }) => attached.get(arn)).find(Boolean);
  if (document === undefined) throw new ApiError('NoSuchEntity', `Policy ${arn} was not found.`, 404);
  return document;
}

function noPolicy(name: string): ApiError {
  return new ApiError('NoSuchEntity', `The role policy with name ${name} cannot be found.`, 404);
}

import { refusal } from './parameters.js';
import { intrinsic, isValues, namesInSub, type Template, type Values } from './read.js';

/** What CloudFormation would make of a template. */
export interface Stack {
  /** By their logical names, properties worked out; without those whose condition does not hold. */
  readonly resources: Readonly<Record<string, { readonly type: string; readonly properties: Values }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

export const PLACE = { account: '111122223333', region: 'us-east-1', partition: 'aws' } as const;
type Place = Readonly<Record<keyof typeof PLACE, string>>;

/** What `!Ref AWS::NoValue` leaves out. */
const NOTHING = Symbol('AWS::NoValue');
/** Of connections and API destinations. */
const ID = '0a1b2c3d-0000-4000-8000-000000000000';

/** What `!Ref` and `!GetAtt` give, by type: as AWS documents it, for resources that are named in the template. */
const IDENTITIES: Readonly<Record<string, (name: string, arn: Arn) => Readonly<Record<string, string>>>> = {
  'AWS::Events::Connection': (name, arn) => ({ Ref: name, Arn: arn('events', `connection/${name}/${ID}`) }),
  'AWS::Events::ApiDestination': (name, arn) => ({
    Ref: name,
    Arn: arn('events', `api-destination/${name}/${ID}`),
  }),
  'AWS::Events::Rule': (name, arn) => ({ Ref: name, Arn: arn('events', `rule/${name}`) }),
  'AWS::SQS::Queue': (name, arn) => ({ Ref: `https://sqs/${name}`, Arn: arn('sqs', name) }),
  'AWS::IAM::Role': (name, arn) => ({ Ref: name, Arn: arn('iam', `role/${name}`) }),
  'AWS::IAM::ManagedPolicy': (name, arn) => ({ Ref: arn('iam', `policy/${name}`) }),
};
type Arn = (service: string, rest: string) => string;
const NAMES = ['Name', 'QueueName', 'RoleName', 'ManagedPolicyName'];

/**
 * Works a template out.
 *
 * @param given parameters, as a person fills them in.
 * @throws an Error whose message is what CloudFormation would refuse it for.
 */
export function evaluate(
  template: Template,
  given: Readonly<Record<string, string>>,
  place: Place = PLACE,
): Stack {
  const { Parameters = {}, Conditions = {}, Resources, Outputs = {}, Rules = {} } = template;
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': place.account,
    'AWS::Region': place.region,
    'AWS::Partition': place.partition,
    'AWS::StackName': 'casethread',
    'AWS::NoValue': NOTHING,
  };
  const parameters = Object.fromEntries(
    Object.entries(Parameters).map(([name, parameter]) => {
      const value = given[name] ?? parameter.Default;
      if (typeof value !== 'string') throw new Error(`${name} is missing`);
      const why = refusal(parameter, value);
      if (why !== null) throw new Error(`${name}: ${String(parameter.ConstraintDescription ?? why)}`);
      return [name, value];
    }),
  );
  const arn: Arn = (service, rest) =>
    `arn:${place.partition}:${service}:${service === 'iam' ? '' : place.region}:${place.account}:${rest}`;

  const holds = (condition: unknown): boolean => work({ Condition: condition }) === true;
  const exists = (resource: Values): boolean => resource.Condition === undefined || holds(resource.Condition);

  const identity = (id: string, attribute: string): string => {
    const resource = Resources[id];
    if (resource === undefined || !exists(resource)) throw new Error(`${id} is not there`);
    const properties = isValues(resource.Properties) ? resource.Properties : {};
    const name = NAMES.map((key) => properties[key]).find((value) => value !== undefined);
    const found = IDENTITIES[String(resource.Type)]?.(String(work(name)), arn)[attribute];
    if (found === undefined) throw new Error(`${id}.${attribute} is not known`);
    return found;
  };

  const named = (name: string): unknown => {
    const dot = name.indexOf('.');
    if (dot > 0) return identity(name.slice(0, dot), name.slice(dot + 1));
    return parameters[name] ?? pseudo[name] ?? identity(name, 'Ref');
  };

  const work = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(work).filter((each) => each !== NOTHING);
    if (!isValues(value)) return value;
    const [name, argument] = intrinsic(value) ?? [];
    const list = Array.isArray(argument) ? argument : [argument];
    switch (name) {
      case undefined:
        return Object.fromEntries(
          Object.entries(value)
            .map(([key, each]) => [key, work(each)] as const)
            .filter(([, each]) => each !== NOTHING),
        );
      case 'Ref':
        return named(String(argument));
      case 'Fn::GetAtt':
        return identity(String(list[0]), String(list[1]));
      case 'Fn::Sub':
        return namesInSub(String(argument)).reduce(
          (text, each) => text.replaceAll(`\${${each}}`, String(named(each))),
          String(argument),
        );
      case 'Condition':
        return work(Conditions[String(argument)]);
      case 'Fn::If':
        return work(list[holds(list[0]) ? 1 : 2]);
      case 'Fn::Equals':
        return work(list[0]) === work(list[1]);
      case 'Fn::Not':
        return work(list[0]) !== true;
      case 'Fn::And':
        return list.every((each) => work(each) === true);
      case 'Fn::Or':
        return list.some((each) => work(each) === true);
      default:
        throw new Error(`${name} is not known`);
    }
  };

  for (const { RuleCondition: when, Assertions: assertions } of Object.values(Rules)) {
    if (when !== undefined && work(when) !== true) continue;
    for (const { Assert: claim, AssertDescription: sentence } of assertions as Values[]) {
      if (work(claim) !== true) throw new Error(String(sentence));
    }
  }
  return {
    resources: Object.fromEntries(
      Object.entries(Resources)
        .filter(([, resource]) => exists(resource))
        .map(([id, { Type: type, Properties: properties = {} }]) => [
          id,
          { type: String(type), properties: work(properties) as Values },
        ]),
    ),
    outputs: Object.fromEntries(
      Object.entries(Outputs)
        .filter(([, output]) => exists(output))
        .map(([name, { Value: value }]) => [name, work(value)]),
    ),
  };
}

import { type Block, type Module, type Node, named, providerName, Template } from './read.js';

/** What Terraform would plan of a module. */
export interface Plan {
  /** By type and name; none where `count` is 0. */
  readonly resources: Readonly<Record<string, Block>>;
  readonly outputs: Block;
}

export const PLACE = { account: '111122223333', region: 'us-east-1', partition: 'aws' } as const;
type Place = Readonly<Record<keyof typeof PLACE, string>>;

/** What AWS gives a resource, as the provider exports it. */
const EXPORTED: Readonly<Record<string, (block: Block, arn: Arn) => Block>> = {
  aws_cloudwatch_event_connection: ({ name }, arn) => ({ arn: arn('events', `connection/${name}/0a1b2c3d`) }),
  aws_cloudwatch_event_api_destination: ({ name }, arn) => ({
    arn: arn('events', `api-destination/${name}/0a1b2c3d`),
  }),
  aws_cloudwatch_event_rule: ({ name }, arn) => ({ arn: arn('events', `rule/${name}`) }),
  aws_sqs_queue: ({ name }, arn) => ({ arn: arn('sqs', String(name)), url: `https://sqs/${name}` }),
  aws_iam_role: ({ name }, arn) => ({ arn: arn('iam', `role/${name}`) }),
  aws_iam_policy: ({ name }, arn) => ({ arn: arn('iam', `policy/${name}`) }),
};
type Arn = (service: string, rest: string) => string;

/** Where the provider of a resource or data source works: by its address, '' for the one without alias. */
const ALIASED: Readonly<Record<string, Partial<Place>>> = {
  '': {},
  'aws.us_west_2': { region: 'us-west-2' },
};

/**
 * Works a module out, as far as these modules use the language.
 *
 * @param given variables, as a person sets them.
 * @param place of the provider without alias.
 * @param aliased where the others differ from it.
 * @throws an Error whose message is what Terraform would refuse it for.
 */
export function evaluate(
  module: Module,
  given: Block,
  place: Place = PLACE,
  aliased: Readonly<Record<string, Partial<Place>>> = ALIASED,
): Plan {
  const { variables, locals, resources } = module;
  const arn: Arn = (service, rest) =>
    `arn:${place.partition}:${service}:${service === 'iam' ? '' : place.region}:${place.account}:${rest}`;
  const data = Object.fromEntries(
    Object.entries(module.data).map(([address, { provider }]) => {
      const there = { ...place, ...aliased[providerName(provider)] };
      return [address, { partition: there.partition, id: there.region, account_id: there.account }];
    }),
  );
  const values: Record<string, unknown> = {};
  for (const [name, { default: otherwise }] of Object.entries(variables)) {
    const value = name in given ? given[name] : otherwise;
    if (value === undefined) throw new Error(`${name} is missing`);
    values[name] = value;
  }

  const instancesOf = (address: string): Block[] => {
    const [type = ''] = address.split('.');
    const {
      count,
      provider: _provider,
      depends_on: _needs,
      lifecycle: _rules,
      dynamic,
      ...body
    } = resources[address] ?? {};
    if (resources[address] === undefined) throw new Error(`${address} is not there`);
    if (count !== undefined && work(count) !== 1) return [];
    const own = work(body) as Block;
    return [{ ...own, ...blocksOf(dynamic), ...EXPORTED[type]?.(own, arn) }];
  };

  /** Blocks that are there as often as `for_each` has members. */
  const blocksOf = (dynamic: unknown): Block =>
    Object.fromEntries(
      Object.entries((dynamic ?? {}) as Record<string, Block[]>).flatMap(([name, [block]]) => {
        const members = work(block?.for_each) as unknown[];
        const made = members.flatMap((value) => work(block?.content, { [name]: { value } }) as Block[]);
        return made.length === 0 ? [] : [[name, made]];
      }),
    );

  const lookUp = (accessor: string, scope: Block): unknown => {
    const [first = '', second = '', ...rest] = accessor.split('.');
    if (first in scope) return walk(scope[first], [second, ...rest].filter(Boolean), accessor);
    if (first === 'var') return walk(values[second], rest, accessor);
    if (first === 'local') return walk(work(locals[second]), rest, accessor);
    if (first === 'data') return walk(data[`${second}.${rest[0]}`], rest.slice(1), accessor);
    const [, name = '', index] = /^(\w+)(?:\[(\d+)\])?$/.exec(second) ?? [];
    const instances = instancesOf(`${first}.${name}`);
    if (index !== undefined) return walk(instances[Number(index)], rest, accessor);
    return resources[`${first}.${name}`]?.count === undefined
      ? walk(instances[0], rest, accessor)
      : instances;
  };

  const work = (value: unknown, scope: Block = {}): unknown => {
    if (value instanceof Template) {
      const parts = value.parts.map((part) => (typeof part === 'string' ? part : ofNode(part, scope)));
      return parts.length === 1 ? parts[0] : parts.join('');
    }
    if (Array.isArray(value)) return value.map((each) => work(each, scope));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, work(each, scope)]));
  };

  const ofNode = (node: Node, scope: Block): unknown => {
    const { type, meta, children: all = [] } = node;
    const [one, two, three] = all as readonly [Node, Node, Node | undefined];
    switch (type) {
      case 'scopeTraversal':
        return lookUp(named(node) ?? '', scope);
      case 'literalValue':
        // Text stands as in the file, with its escapes.
        return JSON.parse(meta?.type === 'string' ? `"${meta.value}"` : (meta?.value ?? ''));
      case 'template':
        return all.map((each) => ofNode(each, scope)).join('');
      case 'templateWrap':
        return ofNode(one, scope);
      case 'tuple':
        return all.map((each) => ofNode(each, scope));
      case 'conditional':
        return ofNode(ofNode(one, scope) === true ? two : (three as Node), scope);
      case 'unaryOp':
        return !ofNode(one, scope);
      case 'binaryOp':
        return ofOperator(meta?.operator ?? '', ofNode(one, scope), () => ofNode(two, scope));
      case 'for': {
        const members = ofNode(one, scope) as unknown[];
        return members.flatMap((value) => {
          const inside = { ...scope, [meta?.valVar ?? '']: value };
          return three === undefined || ofNode(three, inside) === true ? [ofNode(two, inside)] : [];
        });
      }
      case 'function': {
        const given = all.map((each) => () => ofNode(each, scope));
        return call(meta?.name ?? '', given);
      }
      default:
        throw new Error(`${meta?.value}: ${type} is not known`);
    }
  };

  for (const [name, { validation = [] }] of Object.entries(variables)) {
    for (const { condition, error_message: sentence } of validation as Block[]) {
      if (work(condition) !== true) throw new Error(`${name}: ${String(sentence)}`);
    }
  }
  for (const [address, { lifecycle = [] }] of Object.entries(resources)) {
    if (instancesOf(address).length === 0) continue;
    for (const { precondition = [] } of lifecycle as Block[]) {
      for (const { condition, error_message: sentence } of precondition as Block[]) {
        if (work(condition) !== true) throw new Error(String(sentence));
      }
    }
  }
  return {
    resources: Object.fromEntries(
      Object.keys(resources).flatMap((address) => instancesOf(address).map((block) => [address, block])),
    ),
    outputs: Object.fromEntries(
      Object.entries(module.outputs).map(([name, { value }]) => [name, work(value)]),
    ),
  };
}

function walk(value: unknown, path: readonly string[], accessor: string): unknown {
  return path.reduce<unknown>((within, key) => {
    if (typeof within !== 'object' || within === null || !(key in within))
      throw new Error(`${accessor} is not there`);
    return (within as Block)[key];
  }, value);
}

function ofOperator(operator: string, left: unknown, right: () => unknown): boolean {
  switch (operator) {
    case 'equal':
      return left === right();
    case 'notEqual':
      return left !== right();
    case 'logicalAnd':
      return left === true && right() === true;
    case 'logicalOr':
      return left === true || right() === true;
    case 'greaterThanOrEqual':
      return Number(left) >= Number(right());
    case 'lessThanOrEqual':
      return Number(left) <= Number(right());
    default:
      throw new Error(`The operator ${operator} is not known`);
  }
}

function call(name: string, given: readonly (() => unknown)[]): unknown {
  const [one = () => null, two = () => null] = given;
  switch (name) {
    case 'concat':
      return given.flatMap((each) => each());
    case 'contains':
      return (one() as unknown[]).includes(two());
    case 'merge':
      return Object.assign({}, ...given.map((each) => each()));
    case 'jsonencode':
      return JSON.stringify(one());
    case 'jsondecode':
      return JSON.parse(String(one()));
    case 'length':
      return String(one()).length;
    // Terraform's fails where nothing matches.
    case 'regex': {
      const [match] = new RegExp(String(one())).exec(String(two())) ?? [];
      if (match === undefined) throw new Error('regex finds nothing');
      return match;
    }
    case 'can':
      try {
        one();
        return true;
      } catch {
        return false;
      }
    default:
      throw new Error(`The function ${name} is not known`);
  }
}

import { circleIn } from '../circle.js';
import { DATA_SOURCES, RESOURCES, type ResourceType } from './provider.js';
import { type Block, type Module, named, nodesIn, providerName } from './read.js';

/** What every resource may have besides its own. */
const OF_TERRAFORM = ['count', 'provider', 'depends_on', 'lifecycle', 'dynamic'];
/** Whose value must not be seen on a screen. */
const SECRETS = ['event_api_key', 'external_id'];

/** What is wrong with a module, in sentences; none: Terraform would take it, as far as can be told without the provider. */
export function moduleFaults(module: Module): string[] {
  return [
    ...module.strangers.map((kind) => `These checks do not know ${kind}`),
    ...settingFaults(module),
    ...variableFaults(module),
    ...outputFaults(module),
    ...Object.entries(module.resources).flatMap(([address, block]) => resourceFaults(address, block)),
    ...Object.keys(module.data).flatMap((address) =>
      typeOf(address) in DATA_SOURCES ? [] : [`${address} is of no type`],
    ),
    ...referenceFaults(module),
  ];
}

function typeOf(address: string): string {
  return address.split('.')[0] ?? '';
}

function settingFaults({ terraform, data, resources }: Module): string[] {
  const [settings, ...others] = terraform;
  const [providers] = (settings?.required_providers ?? []) as Readonly<Record<string, Block>>[];
  const { source, version, configuration_aliases: aliases } = providers?.aws ?? {};
  const given = nodesIn(aliases).flatMap((node) => named(node) ?? []);
  const used = Object.entries({ ...data, ...resources }).map(
    ([address, { provider }]) => [address, providerName(provider)] as const,
  );
  return [
    ...(others.length === 0 ? [] : ['There are two terraform blocks']),
    ...(/^>= \d/.test(String(settings?.required_version))
      ? []
      : ['It does not say which Terraform it needs']),
    ...(source === 'hashicorp/aws' ? [] : ['It does not say whose provider it needs']),
    // Without an upper bound the next major version would be taken unseen.
    ...(/^>= \d+\.\d+, < \d+\.0$/.test(String(version))
      ? []
      : ['The version of the provider is not bounded']),
    ...used.flatMap(([address, name]) =>
      name === '' || given.includes(name)
        ? []
        : [`${address} is of the provider ${name}, which is not asked for`],
    ),
    ...given.flatMap((name) =>
      used.some(([, each]) => each === name) ? [] : [`The provider ${name} is asked for, and not used`],
    ),
  ];
}

function variableFaults({ variables }: Module): string[] {
  return Object.entries(variables).flatMap(([name, variable]) => {
    const faults: string[] = [];
    if (variable.type === undefined) faults.push(`${name} has no type`);
    if (typeof variable.description !== 'string') faults.push(`${name} has no description`);
    for (const { error_message: sentence } of (variable.validation ?? []) as Block[]) {
      if (!/^[A-Z].*\.$/.test(String(sentence)))
        faults.push(`${name} does not say in a sentence what it has to be`);
    }
    if (SECRETS.includes(name) && variable.sensitive !== true) faults.push(`${name} is not sensitive`);
    if (variable.sensitive === true && 'default' in variable)
      faults.push(`${name} is a secret and has a default`);
    return faults;
  });
}

function outputFaults({ outputs }: Module): string[] {
  return Object.entries(outputs).flatMap(([name, output]) => [
    ...(typeof output.description === 'string' ? [] : [`The output ${name} has no description`]),
    ...('value' in output ? [] : [`The output ${name} has no value`]),
  ]);
}

function resourceFaults(address: string, block: Block): string[] {
  const type = RESOURCES[typeOf(address)];
  if (type === undefined) return [`${address} is of no type`];
  const { dynamic = {}, ...body } = block;
  const blocks = Object.entries(dynamic as Readonly<Record<string, Block[]>>).map(
    ([name, [each]]) => [name, each?.content] as const,
  );
  const own = Object.entries(body).filter(([name]) => !OF_TERRAFORM.includes(name));
  return bodyFaults(address, Object.fromEntries([...own, ...blocks]), type);
}

function bodyFaults(at: string, body: Block, type: ResourceType): string[] {
  const { required, optional, blocks = {} } = type;
  return [
    ...required.filter((name) => !(name in body)).map((name) => `${at} lacks ${name}`),
    ...Object.entries(body).flatMap(([name, value]) => {
      const within = blocks[name];
      if (within !== undefined) {
        return Array.isArray(value)
          ? value.flatMap((each) => bodyFaults(`${at}.${name}`, each, within))
          : [`${at}.${name} is no block`];
      }
      return [...required, ...optional].includes(name) ? [] : [`${at} has no ${name}`];
    }),
  ];
}

function referenceFaults(module: Module): string[] {
  const { variables, locals, data, resources, outputs } = module;
  const faults: string[] = [];
  const used = new Set<string>();

  /** What a part names, by what is named; what is not there becomes a fault. */
  const edges = (at: string, part: unknown, own: readonly string[] = []): string[] => {
    const inFor = nodesIn(part).map((node) => (node.type === 'for' ? (node.meta?.valVar ?? '') : ''));
    return nodesIn(part).flatMap((node) => {
      const accessor = named(node);
      if (accessor === null) return [];
      const [first = '', second = '', third = '', fourth] = accessor.split('.');
      if ([...own, ...inFor].includes(first)) return [];
      const [, name = '', index] = /^(\w+)(\[\d+\])?$/.exec(second) ?? [];
      const address = `${first}.${name}`;
      used.add(address);
      if (first === 'var') return name in variables ? [] : missing(at, accessor);
      if (first === 'local') return name in locals ? [address] : missing(at, accessor);
      if (first === 'data') {
        const known = `${second}.${third}` in data && DATA_SOURCES[second]?.includes(fourth ?? '');
        return known === true ? [] : missing(at, accessor);
      }
      const resource = resources[address];
      const type = RESOURCES[first];
      if (resource === undefined || type === undefined) return missing(at, accessor);
      if (third !== '' && (resource.count !== undefined) !== (index !== undefined)) {
        faults.push(`${at} names ${accessor}, which is there ${index === undefined ? 'perhaps' : 'once'}`);
      }
      return third === '' || type.exported.includes(third) ? [address] : missing(at, accessor);
    });
  };
  const missing = (at: string, accessor: string): string[] => {
    faults.push(`${at} names ${accessor}, which is not there`);
    return [];
  };

  const needs = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(locals))
    needs.set(`local.${name}`, edges(`local.${name}`, value));
  for (const [address, block] of Object.entries(resources)) {
    const { provider: _provider, ...body } = block;
    needs.set(address, edges(address, body, Object.keys((block.dynamic ?? {}) as object)));
  }
  for (const [name, output] of Object.entries(outputs)) edges(`output.${name}`, output);
  for (const [name, { validation }] of Object.entries(variables)) {
    // A variable that only its own check looks at is of no use.
    const before = used.has(`var.${name}`);
    edges(`var.${name}`, validation);
    if (!before) used.delete(`var.${name}`);
  }

  for (const name of Object.keys(variables))
    if (!used.has(`var.${name}`)) faults.push(`var.${name} is not used`);
  for (const name of Object.keys(locals))
    if (!used.has(`local.${name}`)) faults.push(`local.${name} is not used`);
  const circle = circleIn(needs);
  return circle === null ? faults : [...faults, `A circle: ${circle.join(' → ')}`];
}

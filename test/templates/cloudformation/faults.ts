import type { SpecDatabase } from '@aws-cdk/service-spec-types';
import { circleIn } from '../circle.js';
import { parameterFaults } from './parameters.js';
import { resourceType, wrongProperties } from './properties.js';
import { intrinsic, readTemplate, type Template, type Values } from './read.js';
import { PSEUDO_PARAMETERS, type Reference, referencesIn } from './references.js';

const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Conditions',
  'Resources',
  'Outputs',
];
const OF_RESOURCE = [
  'Type',
  'Condition',
  'DependsOn',
  'Properties',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'Metadata',
];
const FUNCTIONS = ['Fn::GetAtt', 'Fn::Sub', 'Fn::If', 'Fn::Equals', 'Fn::Not', 'Fn::And', 'Fn::Or'];
/** What a template may have when it is sent with the request and not from S3. */
const LARGEST = 51_200;
const LONGEST_DESCRIPTION = 1_024;

/** What is wrong with a template, in sentences; none: AWS would take it, as far as can be told without AWS. */
export function templateFaults(db: SpecDatabase, text: string): string[] {
  if (Buffer.byteLength(text) > LARGEST) return [`It has more than ${LARGEST} bytes`];
  const template = readTemplate(text);
  return [
    ...sectionFaults(template),
    ...parameterFaults(template),
    ...resourceFaults(db, template),
    ...referenceFaults(db, template),
    ...outputFaults(template),
  ];
}

function sectionFaults(template: Template): string[] {
  const faults = Object.keys(template)
    .filter((section) => !SECTIONS.includes(section))
    .map((section) => `There is no section ${section}`);
  if (template.AWSTemplateFormatVersion !== '2010-09-09') faults.push('AWSTemplateFormatVersion is wrong');
  const { Description: about } = template;
  if (typeof about !== 'string' || about.length > LONGEST_DESCRIPTION) faults.push('Description is wrong');
  return [...faults, ...functionFaults('template', template)];
}

/** A function that CloudFormation does not have would be a map with a strange key, and be taken for a value. */
function functionFaults(at: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const name = Object.keys(value).find((key) => key.startsWith('Fn::'));
  if (name !== undefined && (intrinsic(value) === null || !FUNCTIONS.includes(name))) {
    return [`${at} has ${name}, with others or unknown`];
  }
  const argument = (value as Values)['Fn::If'];
  if (name === 'Fn::If' && (argument as unknown[]).length !== 3)
    return [`${at}: Fn::If has not two branches`];
  return Object.entries(value).flatMap(([key, each]) => functionFaults(`${at}.${key}`, each));
}

function resourceFaults(db: SpecDatabase, { Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([id, resource]) => {
    const faults = Object.keys(resource)
      .filter((key) => !OF_RESOURCE.includes(key))
      .map((key) => `${id} has ${key}, which no resource has`);
    if (!/^[A-Za-z0-9]+$/.test(id)) faults.push(`${id} is no name for a resource`);
    const type = resourceType(db, String(resource.Type));
    if (type === undefined) return [...faults, `${id} is of no type: ${String(resource.Type)}`];
    return [...faults, ...wrongProperties(db, id, resource.Properties ?? {}, type.properties)];
  });
}

function referenceFaults(db: SpecDatabase, template: Template): string[] {
  const { Parameters = {}, Conditions = {}, Resources, Rules = {}, Outputs = {} } = template;
  const inside = new Map(
    Object.entries(Resources).map(([id, resource]) => [id, referencesIn(id, resource.Properties)]),
  );
  const early = [...referencesIn('Conditions', Conditions), ...referencesIn('Rules', Rules)];
  const late = [...[...inside.values()].flat(), ...referencesIn('Outputs', Outputs)];
  const parts = [...Object.entries(Resources), ...Object.entries(Outputs)];
  const ofParts: Reference[] = parts.flatMap(([at, { Condition: condition }]) =>
    condition === undefined ? [] : [{ kind: 'condition', name: String(condition), at }],
  );
  const all = [...early, ...late, ...ofParts];

  const resolves = (reference: Reference, resources: boolean): boolean => {
    const { kind, name, attribute = '' } = reference;
    if (kind === 'condition') return name in Conditions;
    const resource = resources ? Resources[name] : undefined;
    if (kind === 'ref')
      return name in Parameters || PSEUDO_PARAMETERS.includes(name) || resource !== undefined;
    const type = resource === undefined ? undefined : resourceType(db, String(resource.Type));
    return type !== undefined && attribute in type.attributes;
  };
  const unresolved = [
    // Neither conditions nor rules can look at resources: those are not there yet.
    ...early.filter((reference) => !resolves(reference, false)),
    ...[...late, ...ofParts].filter((reference) => !resolves(reference, true)),
  ].map(
    ({ at, name, attribute }) =>
      `${at} names ${[name, attribute].filter(Boolean).join('.')}, which is not there`,
  );

  const used = new Set(all.map(({ kind, name }) => `${kind} ${name}`));
  const unused = [
    ...Object.keys(Parameters).filter((name) => !used.has(`ref ${name}`)),
    ...Object.keys(Conditions).filter((name) => !used.has(`condition ${name}`)),
  ].map((name) => `${name} is not used`);

  const needs = new Map(
    Object.entries(Resources).map(([id, { DependsOn: others = [] }]) => [
      id,
      [
        ...[others].flat().map(String),
        ...(inside.get(id) ?? []).flatMap(({ kind, name }) =>
          kind !== 'condition' && name in Resources ? [name] : [],
        ),
      ],
    ]),
  );
  const absent = [...needs].flatMap(([id, others]) =>
    others
      .filter((other) => !(other in Resources))
      .map((other) => `${id} depends on ${other}, which is not there`),
  );
  const circle = circleIn(needs);
  return [
    ...unresolved,
    ...unused,
    ...absent,
    ...(circle === null ? [] : [`A circle: ${circle.join(' → ')}`]),
  ];
}

function outputFaults({ Outputs = {} }: Template): string[] {
  return Object.entries(Outputs).flatMap(([name, output]) => [
    ...(typeof output.Description === 'string' ? [] : [`The output ${name} has no Description`]),
    ...(output.Value === undefined ? [`The output ${name} has no Value`] : []),
    ...(/^[A-Za-z0-9]+$/.test(name) ? [] : [`${name} is no name for an output`]),
  ]);
}

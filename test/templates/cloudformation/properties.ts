import type { Property, PropertyType, Resource, SpecDatabase } from '@aws-cdk/service-spec-types';
import { intrinsic, isValues } from './read.js';

/** A type of resource in CloudFormation's own list; undefined where it has no such type. */
export function resourceType(db: SpecDatabase, type: string): Resource | undefined {
  return [...db.lookup('resource', 'cloudFormationType', 'equals', type)][0];
}

/** What is wrong with properties, by the types that CloudFormation has for them, in sentences. */
export function wrongProperties(
  db: SpecDatabase,
  at: string,
  values: unknown,
  known: Readonly<Record<string, Property>>,
): string[] {
  if (!isValues(values)) return [`${at} is no map`];
  return [
    ...Object.entries(known)
      .filter(([name, property]) => property.required === true && !(name in values))
      .map(([name]) => `${at} lacks ${name}`),
    ...Object.entries(values).flatMap(([name, value]) => {
      const property = known[name];
      return property === undefined
        ? [`${at} has no ${name}`]
        : wrongValue(db, `${at}.${name}`, value, property.type);
    }),
  ];
}

function wrongValue(db: SpecDatabase, at: string, value: unknown, type: PropertyType): string[] {
  const [name, argument] = intrinsic(value) ?? [];
  if (name === 'Fn::If') {
    const [, ...branches] = argument as unknown[];
    return branches.flatMap((branch) => wrongValue(db, at, branch, type));
  }
  // What the others give is seen once the template is worked out.
  if (name !== undefined) return [];
  const wrong = [`${at} is no ${type.type}: ${JSON.stringify(value)}`];
  switch (type.type) {
    case 'string': {
      if (typeof value !== 'string') return wrong;
      const { allowedValues } = type as { readonly allowedValues?: readonly string[] };
      return allowedValues === undefined || allowedValues.includes(value)
        ? []
        : [`${at} is not one of ${allowedValues.join(', ')}: ${value}`];
    }
    case 'integer':
      return Number.isInteger(value) ? [] : wrong;
    case 'number':
      return typeof value === 'number' ? [] : wrong;
    case 'boolean':
      return typeof value === 'boolean' ? [] : wrong;
    case 'json':
      return isValues(value) ? [] : wrong;
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((each, index) => wrongValue(db, `${at}[${index}]`, each, type.element))
        : wrong;
    case 'map':
      return isValues(value)
        ? Object.entries(value).flatMap(([key, each]) => wrongValue(db, `${at}.${key}`, each, type.element))
        : wrong;
    case 'tag':
      return isValues(value) && Object.keys(value).sort().join() === 'Key,Value' ? [] : wrong;
    case 'ref':
      return wrongProperties(db, at, value, db.get('typeDefinition', type.reference.$ref).properties);
    case 'union': {
      const each = type.types.map((one) => wrongValue(db, at, value, one));
      return each.some((faults) => faults.length === 0) ? [] : (each[0] ?? []);
    }
    default:
      return [`${at} is of a type that these checks do not know: ${type.type}`];
  }
}

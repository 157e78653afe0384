import { intrinsic, isValues, namesInSub } from './read.js';

/** Something that a template names elsewhere. */
export interface Reference {
  readonly kind: 'ref' | 'attribute' | 'condition';
  readonly name: string;
  /** Of `attribute`. */
  readonly attribute?: string;
  /** Where it stands, for people. */
  readonly at: string;
}

export const PSEUDO_PARAMETERS: readonly string[] = [
  'AWS::AccountId',
  'AWS::NoValue',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
];

/** All that is named in a part of a template. */
export function referencesIn(at: string, value: unknown): Reference[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => referencesIn(`${at}[${index}]`, each));
  if (!isValues(value)) return [];
  const [name, argument] = intrinsic(value) ?? [];
  switch (name) {
    case 'Ref':
      return [{ kind: 'ref', name: String(argument), at }];
    case 'Condition':
      return [{ kind: 'condition', name: String(argument), at }];
    case 'Fn::GetAtt': {
      const [resource = '', attribute = ''] = argument as string[];
      return [{ kind: 'attribute', name: resource, attribute, at }];
    }
    case 'Fn::If': {
      const [condition, ...branches] = argument as unknown[];
      return [{ kind: 'condition', name: String(condition), at }, ...referencesIn(at, branches)];
    }
    case 'Fn::Sub':
      return typeof argument === 'string'
        ? namesInSub(argument).map((inText) => ofSub(inText, at))
        : [{ kind: 'ref', name: 'a list in Fn::Sub, which these checks do not know', at }];
    default:
      return Object.entries(value).flatMap(([key, each]) => referencesIn(`${at}.${key}`, each));
  }
}

function ofSub(name: string, at: string): Reference {
  const dot = name.indexOf('.');
  return dot < 0
    ? { kind: 'ref', name, at }
    : { kind: 'attribute', name: name.slice(0, dot), attribute: name.slice(dot + 1), at };
}

import { isValues, type Template, type Values } from './read.js';

const OF_PARAMETER = [
  'Type',
  'Default',
  'NoEcho',
  'Description',
  'AllowedPattern',
  'AllowedValues',
  'ConstraintDescription',
  'MinLength',
  'MaxLength',
];
const INTERFACE = 'AWS::CloudFormation::Interface';

/** Why CloudFormation would not take a value for a parameter; null where it would. */
export function refusal(parameter: Values, value: string): string | null {
  const { AllowedPattern: pattern, AllowedValues: values, MinLength: least, MaxLength: most } = parameter;
  if (Array.isArray(values) && !values.includes(value)) return `one of ${values.join(', ')}`;
  // The whole value has to match, whether the pattern says so or not.
  if (typeof pattern === 'string' && !new RegExp(`^(?:${pattern})$`).test(value)) return `like ${pattern}`;
  if (typeof least === 'number' && value.length < least) return `${least} characters at least`;
  if (typeof most === 'number' && value.length > most) return `${most} characters at most`;
  return null;
}

/** What is wrong with the parameters of a template, in sentences. */
export function parameterFaults({ Parameters = {}, Metadata = {} }: Template): string[] {
  const shown = Metadata[INTERFACE];
  const groups = isValues(shown) && Array.isArray(shown.ParameterGroups) ? shown.ParameterGroups : [];
  const labels = isValues(shown) && isValues(shown.ParameterLabels) ? shown.ParameterLabels : {};
  const grouped = groups.flatMap((group: { readonly Parameters: readonly string[] }) => group.Parameters);
  const strangers = [...grouped, ...Object.keys(labels)].filter((name) => !(name in Parameters));
  return [
    ...strangers.map((name) => `The form shows ${name}, which is no parameter`),
    ...Object.entries(Parameters).flatMap(([name, parameter]) => [
      ...ofOne(name, parameter),
      ...(grouped.filter((each) => each === name).length === 1 ? [] : [`${name} is not once in the form`]),
      ...(name in labels ? [] : [`${name} has no label in the form`]),
    ]),
  ];
}

function ofOne(name: string, parameter: Values): string[] {
  const faults = Object.keys(parameter)
    .filter((key) => !OF_PARAMETER.includes(key))
    .map((key) => `${name} has ${key}, which no parameter has`);
  const { Type: type, Default: otherwise, Description: about, ConstraintDescription: sentence } = parameter;
  if (type !== 'String') faults.push(`${name} is no String`);
  if (typeof about !== 'string' || about.length > 4_000) faults.push(`${name} has no Description`);
  const constrained = ['AllowedPattern', 'MinLength', 'MaxLength'].some((key) => key in parameter);
  if (constrained && (typeof sentence !== 'string' || !/\.$/.test(sentence))) {
    faults.push(`${name} does not say in a sentence what it has to be`);
  }
  if (otherwise !== undefined) {
    if (typeof otherwise !== 'string') faults.push(`The default of ${name} is no text`);
    else if (refusal(parameter, otherwise) !== null) faults.push(`The default of ${name} is refused`);
    if (parameter.NoEcho === true) faults.push(`${name} is a secret and has a default`);
  }
  return faults;
}

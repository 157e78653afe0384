/** What a record tells of a call on cases: codes and ids, never what people wrote (CloudTrail's own example of CreateCase). */
type Fields = Readonly<Record<string, unknown>>;

interface Told {
  readonly asked: readonly string[];
  readonly answered: readonly string[];
}

/** The operations that change something; of which fields the record has those that were given. */
const OPERATIONS: Readonly<Record<string, Told>> = {
  CreateCase: {
    asked: ['severityCode', 'categoryCode', 'language', 'serviceCode', 'issueType'],
    answered: ['caseId'],
  },
  AddCommunicationToCase: { asked: ['caseId'], answered: ['result'] },
  ResolveCase: { asked: ['caseId'], answered: ['initialCaseStatus', 'finalCaseStatus'] },
  AddAttachmentsToSet: { asked: [], answered: [] },
  CompleteAttachmentUpload: { asked: [], answered: [] },
};

/** Null for operations that only read. */
export function toldOfCall(
  operation: string,
  input: Fields,
  output: Fields | null,
): { readonly asked: Fields | null; readonly answered: Fields | null } | null {
  const told = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
  if (told === undefined) return null;
  return { asked: some(input, told.asked), answered: output === null ? null : some(output, told.answered) };
}

function some(fields: Fields, names: readonly string[]): Fields | null {
  const there = names.filter((name) => fields[name] !== undefined);
  return there.length === 0 ? null : Object.fromEntries(there.map((name) => [name, fields[name]]));
}

/** What is wrong with one field, right below it. */
export function FieldProblem({ id, problem }: { id: string; problem: string | undefined }) {
  if (problem === undefined) return null;
  return (
    <p className="aws-field-problem" id={id} role="alert">
      {problem}
    </p>
  );
}

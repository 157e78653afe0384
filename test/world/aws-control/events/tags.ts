import { z } from 'zod';
import { invalid } from '../../../../src/sandbox/aws/api-error.js';
import { type Operations, operation } from '../operation.js';
import type { Desk } from '../state.js';
import { Arn, notFound, Tags } from './names.js';

/** Rules and event buses can be tagged; connections and API destinations cannot. */
function tagsOf({ region }: Desk, arn: string): Map<string, string> {
  if (!/:(rule|event-bus)\//.test(arn))
    throw invalid(`Parameter ResourceARN is not valid. Reason: ${arn} cannot be tagged.`);
  const rule = [...region.rules.values()].find((each) => each.arn === arn);
  if (rule === undefined) throw notFound(`Rule ${arn} does not exist.`);
  return rule.tags;
}

export const tagOperations: Operations = {
  TagResource: operation(z.strictObject({ ResourceARN: Arn, Tags }), (desk, input) => {
    const tags = tagsOf(desk, input.ResourceARN);
    for (const { Key, Value } of input.Tags) tags.set(Key, Value);
    return {};
  }),
  UntagResource: operation(
    z.strictObject({ ResourceARN: Arn, TagKeys: z.array(z.string().min(1).max(128)) }),
    (desk, input) => {
      const tags = tagsOf(desk, input.ResourceARN);
      for (const key of input.TagKeys) tags.delete(key);
      return {};
    },
  ),
  ListTagsForResource: operation(z.strictObject({ ResourceARN: Arn }), (desk, input) => ({
    Tags: [...tagsOf(desk, input.ResourceARN)].map(([Key, Value]) => ({ Key, Value })),
  })),
};

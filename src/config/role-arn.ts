import { PARTITIONS, type Partition } from '../case/account.js';

/** IAM: a path of printable ASCII, and a name of up to 64 characters. */
export const ROLE_ARN = new RegExp(
  `^arn:(${PARTITIONS.join('|')}):iam::(\\d{12}):role/(?:[\\x21-\\x7e]+/)?[\\w+=,.@-]{1,64}$`,
);

/** Where a role belongs, by its ARN; null for what is none. */
export function ownerOfRole(arn: string): { partition: Partition; account: string } | null {
  const [, named, account] = ROLE_ARN.exec(arn) ?? [];
  const partition = PARTITIONS.find((each) => each === named);
  return partition === undefined || account === undefined ? null : { partition, account };
}

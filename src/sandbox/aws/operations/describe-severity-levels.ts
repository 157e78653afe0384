import { z } from 'zod';
import { member } from '../input.js';
import { operation } from '../operation.js';
import { severitiesOf } from '../service-catalogue.js';

const shape = z.strictObject({ language: member.language, dryRun: member.flag });

export const describeSeverityLevels = operation(shape, (_desk, account) => () => ({
  severityLevels: severitiesOf(account.plan),
}));

import { z } from 'zod';
import { member } from '../input.js';
import { operation } from '../operation.js';
import { categoryOf, LANGUAGE_NAMES, languagesFor } from '../service-catalogue.js';

const shape = z.strictObject({
  issueType: z.string().min(9).max(22),
  serviceCode: z.string().min(1).max(100),
  categoryCode: z.string().min(1).max(100),
  dryRun: member.flag,
});

/** None for what is not known (undocumented). */
export const describeSupportedLanguages = operation(shape, (_desk, _account, input) => () => ({
  supportedLanguages:
    categoryOf(input.serviceCode, input.categoryCode) === undefined
      ? []
      : languagesFor(input.issueType).map((code) => ({
          code,
          language: LANGUAGE_NAMES[code],
          display: LANGUAGE_NAMES[code],
        })),
}));

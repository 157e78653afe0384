import { z } from 'zod';
import { invalid } from '../api-error.js';
import { LANGUAGES_SHAPE, member } from '../input.js';
import { operation } from '../operation.js';
import { categoryOf, languagesFor } from '../service-catalogue.js';

const shape = z.strictObject({
  issueType: z.string().min(9).max(22),
  serviceCode: z.string().min(1).max(100),
  language: LANGUAGES_SHAPE,
  categoryCode: z.string().min(1).max(100),
  dryRun: member.flag,
});

/** By the web at any hour; the hours of chat and call are not played here. */
export const describeCreateCaseOptions = operation(shape, (_desk, _account, input) => {
  if (categoryOf(input.serviceCode, input.categoryCode) === undefined)
    throw invalid('Unknown service or category.');
  const isThere = languagesFor(input.issueType).includes(input.language);
  return () => ({
    languageAvailability: isThere ? 'available' : 'unavailable',
    communicationTypes: isThere ? [{ type: 'web', supportedHours: [], datesWithoutSupport: [] }] : [],
  });
});

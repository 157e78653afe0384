import { z } from 'zod';
import { member } from '../input.js';
import { operation } from '../operation.js';
import { SERVICES } from '../service-catalogue.js';

const shape = z.strictObject({
  serviceCodeList: z.array(member.text).max(100).optional(),
  language: member.language,
  dryRun: member.flag,
});

/** Codes that are not known are left out of the answer (undocumented). */
export const describeServices = operation(shape, (_desk, _account, input) => {
  const wanted = input.serviceCodeList ?? [];
  return () => ({ services: SERVICES.filter(({ code }) => wanted.length === 0 || wanted.includes(code)) });
});

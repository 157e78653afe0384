import { z } from 'zod';
import { member } from '../input.js';
import { operation } from '../operation.js';
import { SEVERITY_LEVELS } from '../service-catalogue.js';

const shape = z.strictObject({ language: member.language, dryRun: member.flag });

export const describeSeverityLevels = operation(shape, () => () => ({ severityLevels: SEVERITY_LEVELS }));

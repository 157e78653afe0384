import type { Operations } from '../operation.js';
import { busOperations } from './bus.js';
import { connectionOperations } from './connections.js';
import { destinationOperations } from './destinations.js';
import { putEventsOperations } from './put-events.js';
import { ruleOperations } from './rules.js';
import { tagOperations } from './tags.js';
import { targetOperations } from './targets.js';

export const eventsOperations: Operations = {
  ...busOperations,
  ...connectionOperations,
  ...destinationOperations,
  ...putEventsOperations,
  ...ruleOperations,
  ...tagOperations,
  ...targetOperations,
};

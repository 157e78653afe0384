import { resolve } from 'node:path';
import { bundling } from './bundling.js';

/** Bundles the programs, with the packages they use, from what tsc made. See `src/start-program.ts`. */
export default bundling(resolve(import.meta.dirname, '../..'), {
  bot: 'dist/src/program.js',
  sandbox: 'dist/src/sandbox/program.js',
  doctor: 'dist/scripts/doctor/program.js',
  connect: 'dist/scripts/connect/program.js',
  audit: 'dist/scripts/audit/program.js',
  redrive: 'dist/scripts/redrive/program.js',
  // The bot as tests start it, a hundred times.
  'tests-replica': 'dist/test/world/replica-program.js',
});

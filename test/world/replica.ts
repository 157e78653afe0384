/** The bot as a process of its own, with other delays; see replica-program.ts. */
import { startProgram } from '../../src/start-program.js';

await startProgram('tests-replica', () => import('./replica-program.js'));

import { startProgram } from '../../src/start-program.js';

await startProgram('connect', () => import('./program.js'));

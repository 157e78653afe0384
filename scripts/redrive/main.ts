import { startProgram } from '../../src/start-program.js';

await startProgram('redrive', () => import('./program.js'));

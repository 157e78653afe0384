import { startProgram } from '../../src/start-program.js';

await startProgram('doctor', () => import('./program.js'));

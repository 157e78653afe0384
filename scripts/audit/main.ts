import { startProgram } from '../../src/start-program.js';

await startProgram('audit', () => import('./program.js'));

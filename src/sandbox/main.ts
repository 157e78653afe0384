import { startProgram } from '../start-program.js';

await startProgram('sandbox', () => import('./program.js'));

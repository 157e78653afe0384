import { startProgram } from './start-program.js';

await startProgram('bot', () => import('./program.js'));

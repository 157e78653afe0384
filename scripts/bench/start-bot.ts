import { type ServerProcess, startServerProcess } from './server-process.js';
import type { StandIns } from './stand-ins.js';

/** The bot as `npm start` runs it, on these stand-ins. */
export function startBot({ folder, environment }: StandIns): Promise<ServerProcess> {
  return startServerProcess({ script: '../../src/main.js', folder, environment });
}

import type { StoredFile } from '../files/stored-file.js';
import { isVisible } from '../files/visible-file.js';
import { wireFile } from '../files/wire-file.js';
import { Refusal } from '../refusal.js';
import type { CallArguments } from './call-arguments.js';
import { type Method, type MethodWorld, needScope } from './method.js';

function neededFile({ workspace }: MethodWorld, args: CallArguments): StoredFile {
  const file = workspace.files.get(args.needed('file'));
  if (file === undefined || !isVisible(workspace, file)) throw new Refusal('file_not_found');
  if (file.state === 'deleted') throw new Refusal('file_deleted');
  return file;
}

export const filesInfo: Method = {
  knows: ['file', 'cursor', 'limit', 'count', 'page'],
  run(world, args) {
    needScope(world, 'files:read');
    const file = wireFile(world.workspace, neededFile(world, args), { shares: true });
    return { file, comments: [], response_metadata: { next_cursor: '' } };
  },
};

export const filesDelete: Method = {
  knows: ['file'],
  run(world, args) {
    needScope(world, 'files:write');
    const { workspace } = world;
    const file = neededFile(world, args);
    if (file.user !== workspace.app.botUser) throw new Refusal('cant_delete_file');
    workspace.removeFile(file);
    return {};
  },
};

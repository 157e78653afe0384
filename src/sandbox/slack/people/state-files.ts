import { elementsOf } from '../blocks/check-blocks.js';
import type { StoredFile } from '../files/stored-file.js';
import { wireFile } from '../files/wire-file.js';
import { isObject, type JsonObject, stringIn } from '../json-object.js';
import type { Block } from '../message.js';
import type { Workspace } from '../workspace.js';

const USUAL_MAX = 10;

/**
 * A view's state with the files that somebody chose as Slack's file objects, instead of their ids. The app may read
 * them from now on. Throws for a file that the client would not let them choose.
 */
export function withFiles(workspace: Workspace, blocks: readonly Block[], state: JsonObject): JsonObject {
  const all = structuredClone(state);
  for (const block of blocks) {
    for (const element of elementsOf(block)) {
      const values = all[stringIn(block, 'block_id') ?? ''];
      const value = isObject(values) ? values[stringIn(element, 'action_id') ?? ''] : undefined;
      if (element.type !== 'file_input' || !isObject(value)) continue;
      const files = [value.files].flat().map((id) => chosen(workspace, element, String(id)));
      const max = typeof element.max_files === 'number' ? element.max_files : USUAL_MAX;
      if (files.length > max) throw new Error(`${String(element.action_id)} takes ${max} files`);
      for (const file of files) file.givenToApp = true;
      value.files = files.map((file) => wireFile(workspace, file));
    }
  }
  return all;
}

function chosen(workspace: Workspace, element: JsonObject, id: string): StoredFile {
  const file = workspace.files.get(id);
  if (file?.state !== 'complete') throw new Error(`There is no file ${id}`);
  const ending = /\.(\w+)$/.exec(file.name)?.[1]?.toLowerCase() ?? '';
  if (Array.isArray(element.filetypes) && !element.filetypes.includes(ending))
    throw new Error(`${file.name} cannot be chosen: ${element.filetypes.join(', ')} can`);
  return file;
}

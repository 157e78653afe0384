import assert from 'node:assert/strict';
import {
  filesIn,
  givenFilesIn,
  givenFilesInput,
  slackFiles,
} from '../../../src/commands/form-parts/files.js';

describe('files in forms', () => {
  it('are known by id, each once; what is no file of Slack, or deleted, is left out', () => {
    const log = { id: 'F0LOG', name: 'app.log', size: 12 };
    assert.deepEqual(
      slackFiles([
        log,
        { ...log, name: 'again.log' },
        { id: 'F0BARE' },
        { id: 'F0ODD', name: ' ', size: -1 },
        { id: 'F0GONE', mode: 'tombstone' },
        { id: '../secret', name: 'x', size: 1 },
        { name: 'no id' },
        null,
        'F0TEXT',
      ]),
      [
        { id: 'F0LOG', name: 'again.log', size: 12 },
        { id: 'F0BARE', name: 'F0BARE', size: 0 },
        { id: 'F0ODD', name: 'F0ODD', size: 0 },
      ],
    );
    assert.deepEqual(filesIn({ files: { files: { files: [log] } } }), [log]);
    assert.deepEqual(filesIn({}), []);
  });

  it('of a message are options, all on unless somebody has taken them off', () => {
    const files = [
      { id: 'F0LONG', name: 'n'.repeat(200), size: 1_234_567 },
      { id: 'F0NEXT', name: 'x', size: 0 },
    ];
    const [input] = givenFilesInput('Files', files, ['F0NEXT']);
    assert.ok(input?.element.type === 'checkboxes');
    const [long, next] = input.element.options;
    assert.equal(long?.text.text.length, 75);
    assert.equal(long?.description?.text, '1.2 MB');
    assert.deepEqual(input.element.initial_options, [next]);
    assert.equal(next?.description, undefined);
    assert.deepEqual(givenFilesInput('Files', [], []), []);
    const none = givenFilesInput('Files', files, [])[0]?.element;
    assert.equal(none !== undefined && 'initial_options' in none, false);
    const chosen = { 'given-files': { 'given-files': { selected_options: [{ value: 'F0NEXT' }] } } };
    assert.deepEqual(givenFilesIn(chosen), ['F0NEXT']);
  });
});

import assert from 'node:assert/strict';
import { type Belonging, isStranger, type Workspace } from '../../src/slack/stranger.js';

const ALONE = { team: 'T0ACME001', enterprise: undefined };
const IN_GRID = { team: 'T0ACME001', enterprise: 'E0ACME001' };
const elsewhere = (enterprise_id?: string): Belonging => ({
  team_id: 'T0OTHER01',
  ...(enterprise_id === undefined ? {} : { enterprise_user: { enterprise_id } }),
});

describe('isStranger', () => {
  for (const [what, user, home, expected] of [
    ['of our workspace', { team_id: 'T0ACME001' }, ALONE, false],
    ['of another workspace', elsewhere(), ALONE, true],
    ['of another workspace of our Enterprise Grid', elsewhere('E0ACME001'), IN_GRID, false],
    ['of another Enterprise Grid', elsewhere('E0OTHER01'), IN_GRID, true],
    ['of a workspace in no Enterprise Grid', elsewhere(), IN_GRID, true],
    ['whom Slack calls one', { team_id: 'T0ACME001', is_stranger: true }, ALONE, true],
    ['of whom Slack does not say it', {}, ALONE, false],
    ['where our own workspace is not known', elsewhere(), null, false],
  ] satisfies [string, Belonging, Workspace | null, boolean][]) {
    it(`is ${expected} of somebody ${what}`, () => {
      assert.equal(isStranger(user, home), expected);
    });
  }
});

import assert from 'node:assert/strict';
import type { Milestone } from '../../src/case/milestone.js';
import type { Route } from '../../src/case/route.js';
import { broadcastOf, channelsOf, destinationOf, mayLieIn, type Routing } from '../../src/case/routing.js';

function route(channel: string, more: Partial<Route> = {}): Route {
  const any = { accounts: [], severities: [], services: [], categories: [] };
  return { ...any, mention: [], broadcast: null, channel, ...more };
}

const OURS = { account: '111122223333' };
const OTHERS = { account: '444455556666' };
const URGENT = { severity: 'urgent', service: 'amazon-rds', category: 'other' };
const LOW = { ...URGENT, severity: 'low' };
const ROUTING: Routing = {
  routes: [
    route('C1', { accounts: [OURS.account], severities: ['urgent', 'critical'], mention: ['S1', 'U1'] }),
    route('C2', { services: ['amazon-rds'], broadcast: new Set<Milestone>(['resolved']) }),
    route('C3', { accounts: [OTHERS.account] }),
    route('C1', { categories: ['billing'] }),
  ],
  channel: 'C0',
  broadcast: { in: new Map([['C1', new Set<Milestone>(['opened'])]]), elsewhere: new Set() },
};

describe('routing', () => {
  it('takes the first route that fits, else the channel for all the rest', () => {
    const to = (key: typeof OURS, details: typeof LOW | null) => destinationOf(ROUTING, key, details);
    assert.deepEqual(to(OURS, URGENT), { channel: 'C1', mention: ['S1', 'U1'] });
    assert.deepEqual(to(OURS, LOW), { channel: 'C2', mention: [] });
    assert.deepEqual(to(OTHERS, { ...LOW, service: 'amazon-ec2' }), { channel: 'C3', mention: [] });
    assert.deepEqual(to(OURS, { ...LOW, service: 'amazon-ec2' }), { channel: 'C0', mention: [] });
  });

  it('goes by the account alone where AWS does not show the case', () => {
    assert.equal(destinationOf(ROUTING, OTHERS, null).channel, 'C3');
    assert.equal(destinationOf(ROUTING, OURS, null).channel, 'C0');
  });

  it('shows in a channel what the route that leads there says, else what BROADCAST says of it', () => {
    const shown = (channel: string, details: typeof LOW | null) => [
      ...broadcastOf(ROUTING, channel, OURS, details),
    ];
    assert.deepEqual(shown('C2', LOW), ['resolved']);
    assert.deepEqual(shown('C1', URGENT), ['opened']);
    // The thread was opened while the case was urgent.
    assert.deepEqual(shown('C1', LOW), ['opened']);
    assert.deepEqual(shown('C2', { ...LOW, service: 'amazon-ec2' }), []);
    assert.deepEqual(shown('C0', null), []);
  });

  it('knows all channels in which threads may be, each once', () => {
    assert.deepEqual(channelsOf(ROUTING), ['C0', 'C1', 'C2', 'C3']);
    assert.deepEqual(channelsOf({ routes: [route('C0')], channel: 'C0' }), ['C0']);
  });

  it('knows in which of them the thread of a case may be, whatever its severity was', () => {
    const may = (key: typeof OURS, details: typeof LOW | null) =>
      ['C0', 'C1', 'C2', 'C3', 'C9'].filter((channel) => mayLieIn(ROUTING, channel, key, details));
    assert.deepEqual(may(OURS, LOW), ['C0', 'C1', 'C2']);
    assert.deepEqual(may(OTHERS, { ...LOW, service: 'amazon-ec2' }), ['C0', 'C3']);
    assert.deepEqual(may(OURS, null), ['C0', 'C1', 'C2']);
  });
});

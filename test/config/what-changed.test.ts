import assert from 'node:assert/strict';
import { whatChanged } from '../../src/config/what-changed.js';
import { fileOf } from './reading.js';

const BEFORE = fileOf(`
accounts:
  - {id: "111122223333", alias: production}
  - {id: "444455556666", plan: basic}
routes:
  - {severities: [critical], channel: C0123456789, broadcast: [opened, resolved]}
  - {severities: [urgent], channel: C0123456790}
`);
const SAME = {
  accounts: 2,
  accountsAdded: 0,
  accountsChanged: 0,
  accountsGone: 0,
  routes: 2,
  routesAdded: 0,
  routesGone: 0,
  routesMoved: false,
  otherChanged: false,
};

describe('what a changed CONFIG_FILE changes', () => {
  it('is nothing where it says the same, in whatever order it names what is broadcast', () => {
    const routes = BEFORE.routes.map((route) => ({
      ...route,
      broadcast: route.broadcast === null ? null : new Set([...route.broadcast].reverse()),
    }));
    assert.deepEqual(whatChanged(BEFORE, { ...BEFORE, routes }), SAME);
  });

  it('is counted, by account and by route', () => {
    const after = fileOf(`
accounts:
  - {id: "111122223333", alias: live}
  - {id: "777788889999", plan: basic}
  - {id: "777788880000", plan: basic}
routes:
  - {severities: [critical], channel: C0123456789, broadcast: [opened]}
  - {severities: [urgent], channel: C0123456790}
  - {channel: C0123456791}
permissions: {administer: [U0123456789]}
`);
    assert.deepEqual(whatChanged(BEFORE, after), {
      ...SAME,
      accounts: 3,
      accountsAdded: 2,
      accountsChanged: 1,
      accountsGone: 1,
      routes: 3,
      routesAdded: 2,
      routesGone: 1,
      otherChanged: true,
    });
  });

  it('is the order of routes, too', () => {
    const after = { ...BEFORE, routes: [...BEFORE.routes].reverse() };
    assert.deepEqual(whatChanged(BEFORE, after), { ...SAME, routesMoved: true });
  });
});

import { DEMAND_LASTS_MS, WebPresence } from './web-presence.js';

const word = (gatewayId: string, waiting: number, active: number) => ({
  functionId: 'fu-1',
  gatewayId,
  demand: { waiting, active },
  waitMs: 1_000,
});

test('the demand for a function is what all gateways hold', () => {
  const web = new WebPresence();
  web.hear(word('gw-1', 2, 1), 1_000);
  web.hear(word('gw-2', 1, 4), 1_000);
  expect(web.demand('fu-1', 1_000)).toEqual({ waiting: 3, active: 5, waitingSince: 1_000 });
  expect(web.demand('fu-2', 1_000)).toEqual({ waiting: 0, active: 0 });
});

test('the newest word of a gateway replaces its earlier one', () => {
  const web = new WebPresence();
  const isNewest = web.hear(word('gw-1', 2, 1), 1_000);
  expect(isNewest()).toBe(true);
  web.hear(word('gw-1', 0, 1), 1_001);
  expect(isNewest()).toBe(false);
  expect(web.demand('fu-1', 1_001)).toEqual({ waiting: 0, active: 1 });
});

test('a gateway that fell silent holds nothing', () => {
  const web = new WebPresence();
  web.hear(word('gw-1', 2, 1), 1_000);
  expect(web.demand('fu-1', 1_000 + DEMAND_LASTS_MS)).toMatchObject({ waiting: 2 });
  expect(web.functionsInDemand(1_000 + DEMAND_LASTS_MS)).toEqual(['fu-1']);
  expect(web.functionsInDemand(1_001 + DEMAND_LASTS_MS)).toEqual([]);
  expect(web.demand('fu-1', 1_001 + DEMAND_LASTS_MS)).toEqual({ waiting: 0, active: 0 });
});

test('a problem answers what waits, so it calls for no further container', () => {
  const web = new WebPresence();
  web.hear(word('gw-1', 2, 1), 1_000);
  web.fail('fu-1', { kind: 'start-failed', message: 'no module named x' });
  expect(web.demand('fu-1', 1_000)).toEqual({ waiting: 0, active: 1 });
  expect(web.problemOf('fu-1')).toMatchObject({ kind: 'start-failed' });
  web.forgive('fu-1');
  expect(web.problemOf('fu-1')).toBeUndefined();
});

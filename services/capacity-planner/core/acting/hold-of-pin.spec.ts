import type { OfferPin } from '@slipway/contracts';
import { offerOf, runningHost } from './acting.samples.testing.js';
import { guardChanges } from './guard-changes.js';
import { planChanges } from './plan-changes.js';
import { defaultPolicy } from '../policy.js';

const AT = 1_000_000;
const a = offerOf('a');
const hosts = ['h1', 'h2'].map((hostId) => runningHost(hostId, a));

const guarded = (nodes: number, pins: readonly OfferPin[]) => {
  const plan = { offers: [{ offerId: a.offerId, nodesNow: 2, nodes: [nodes], starts: [0], stops: [0] }] };
  const changes = planChanges(plan, { hosts, offers: new Map([[a.offerId, a]]), containersOn: () => 0 });
  const { now, held } = guardChanges(changes, {
    ...{ at: AT, planId: 'pl-1', guardrails: defaultPolicy.guardrails, hosts, pins },
    seen: { pricesAt: AT, forecastAt: AT },
    awaySince: () => undefined,
    wasWeighed: () => true,
    restsUntil: () => 0,
  });
  return [now.map(({ action }) => action), held.map(({ heldBy, because }) => `${heldBy}: ${because}`)];
};

test('a pin that was set after a plan was made holds what goes beyond it, and no more', () => {
  expect(guarded(5, [{ filter: { gpuType: 'H100' }, most: 3 }])).toEqual([
    ['start'],
    Array(2).fill('pinned: an operator wants at most 3 of gpu=H100'),
  ]);
  expect(guarded(0, [{ filter: { vendor: a.vendor }, least: 1, until: AT + 1 }])).toEqual([
    ['drain'],
    ['pinned: an operator wants at least 1 of vendor=lambda until 1970-01-01T00:16:40.001Z'],
  ]);
});

test('one that is over, or of other offers, holds nothing', () => {
  expect(guarded(0, [{ filter: {}, least: 2, until: AT }])).toEqual([['drain', 'drain'], []]);
  expect(guarded(3, [{ filter: { gpuType: 'L4' }, most: 0 }])).toEqual([['start'], []]);
});

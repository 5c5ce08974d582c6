import type { OfferPin } from '@slipway/contracts';
import { offerOf, runningHost } from './acting.samples.testing.js';
import { guardChanges } from './guard-changes.js';
import type { Guarding } from './guarding.js';
import type { Host } from './host.state.js';
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

const elsewhere = offerOf('c', { vendor: 'nebius', shape: { ...a.shape, gpuType: 'A100' } });
const b = offerOf('b', { vendor: 'nebius' });
const offers = new Map([a, b, elsewhere].map((offer) => [offer.offerId, offer]));
const most4: OfferPin = { filter: { gpuType: 'H100' }, least: 4, most: 4 };
const hostsOf = (name: string, count: number, offer = a): Host[] =>
  Array.from({ length: count }, (_, index) => runningHost(`${name}${index}`, offer));

const moved = (
  there: readonly Host[],
  toNodes: number,
  { pins = [most4], ...changes }: Partial<Guarding> = {},
) => {
  const plan = {
    offers: [{ offerId: b.offerId, nodesNow: 0, nodes: [toNodes], starts: [toNodes], stops: [0] }],
  };
  const { now, held } = guardChanges(planChanges(plan, { hosts: there, offers, containersOn: () => 0 }), {
    ...{ at: AT, planId: 'pl-1', guardrails: defaultPolicy.guardrails, hosts: there, pins },
    seen: { pricesAt: AT, forecastAt: AT },
    awaySince: () => undefined,
    wasWeighed: () => true,
    restsUntil: () => 0,
    ...changes,
  });
  return [now.map(({ action }) => action), held.map(({ heldBy }) => heldBy)];
};

test('what is pinned at most moves to another offer: what replaces it starts first, then it goes', () => {
  const before = hostsOf('a', 4);
  expect(moved(before, 4)).toEqual([Array(4).fill('start'), Array(4).fill('make-before-break')]);
  expect(moved([...before, ...hostsOf('b', 4, b)], 4)).toEqual([Array(4).fill('drain'), []]);
});

test('what cannot go now is not replaced beyond a pin', () => {
  const awaySince = (vendor: string) => (vendor === a.vendor ? 0 : undefined);
  expect(moved(hostsOf('a', 4), 4, { awaySince })[0]).toEqual([]);
  expect(moved(hostsOf('a', 4), 4, { wasWeighed: (offerId) => offerId !== a.offerId })[0]).toEqual([]);
});

test('a start beyond a pin that the plan knew keeps no host from going; one beyond a newer pin does', () => {
  const there = [...hostsOf('a', 4), ...hostsOf('b', 4, b), ...hostsOf('c', 2, elsewhere)];
  expect(moved(there, 6)).toEqual([Array(6).fill('drain'), ['pinned', 'pinned']]);
  expect(moved(there, 6, { plannedPins: [] })).toEqual([
    [],
    ['pinned', 'pinned', ...Array(6).fill('make-before-break')],
  ]);
});

import { askHost, type HostOrder } from '@slipway/capacity-planner-core';
import { factOf } from './fact-of.js';

const order: HostOrder = {
  ...{ hostId: 'wo-1', offerId: 'own/hall/a/box/spot', vendor: 'own', region: 'hall', zone: 'a', geo: 'eu' },
  ...{ instanceType: 'box', purchase: 'spot', gpuType: 'H100', gpuCount: 8 },
  billing: { priceMicroUsdPerNodeHour: 1, incrementSeconds: 1, minimumSeconds: 0 },
};

test('a host that is asked for is a fact with its offer, its plan and the reason', () => {
  const decision = askHost(undefined, order, { planId: 'pl-1', because: 'serves 9' });
  const [event] = decision as readonly { type: string; data: object }[];
  const stored = { ...event!, at: 5, stream: 'host-wo-1', version: 1, position: 1 };
  expect(factOf(stored)).toEqual({
    ...{ at: 5, type: 'capacity-host-asked', hostId: 'wo-1', offerId: 'own/hall/a/box/spot' },
    ...{ vendor: 'own', region: 'hall', planId: 'pl-1', because: 'serves 9' },
  });
});

test('the end of a host says how, and until when it was paid for', () => {
  const data = { hostId: 'wo-1', how: 'preempted', endedAt: 9, because: 'taken' };
  const stored = { type: 'host-ended', data, at: 10, stream: 'host-wo-1', version: 4, position: 7 };
  expect(factOf(stored)).toEqual({ at: 10, type: 'capacity-host-ended', ...data });
  const writtenOff = { ...data, how: 'written-off', by: 'ada' };
  expect(factOf({ ...stored, data: writtenOff })).toEqual({
    ...{ at: 10, type: 'capacity-host-ended', ...writtenOff },
  });
});

test('where ledger, vendor and workers disagree about a host, and that they do so no more', () => {
  const drift = { hostId: 'wo-1', kind: 'bought-twice', seenBy: 'own' };
  const stored = { at: 10, stream: 'drift-wo-1', version: 1, position: 7 };
  expect(factOf({ ...stored, type: 'drift-found', data: { ...drift, message: 'v-2' } })).toEqual({
    ...{ at: 10, type: 'capacity-drift-found', ...drift, because: 'v-2' },
  });
  expect(factOf({ ...stored, type: 'drift-ended', data: drift })).toEqual({
    ...{ at: 10, type: 'capacity-drift-ended', ...drift },
  });
});

test.each([
  ['floor-set', { demandKey: 'key', containers: 4, by: 'ada', note: 'a launch' }],
  ['guardrails-set', { guardrails: { maxStartsPerCycle: 7 }, by: 'ada' }],
  ['offers-excluded', { filter: { vendor: 'own' }, by: 'ada', reason: 'a fire' }],
  ['exclusion-ended', { filter: { vendor: 'own' }, by: 'bob' }],
  ['offers-pinned', { filter: { vendor: 'own' }, most: 2, until: 20, by: 'ada', reason: 'a fire' }],
  ['pin-ended', { filter: { vendor: 'own' }, by: 'bob' }],
  ['commitment-removed', { commitmentId: 'c-1', by: 'ada' }],
  ['planning-frozen', { by: 'ada', reason: 'a fire' }],
  ['planning-resumed', { by: 'ada' }],
])('what an operator decides is told, with who it was: %s', (type, data) => {
  const stored = { type, data, at: 10, stream: 'control', version: 1, position: 7 };
  expect(factOf(stored)).toEqual({ at: 10, type: `capacity-${type}`, ...data });
});

test('who approved a plan is told, and which changes were left out of it', () => {
  const stored = { at: 10, type: 'plan-approved', stream: 'plan-pl-1', version: 2, position: 7 };
  const decided = { at: 10, type: 'capacity-plan-decided', planId: 'pl-1', verdict: 'approved', by: 'ada' };
  const data = { planId: 'pl-1', by: 'ada' };
  expect(factOf({ ...stored, data })).toEqual(decided);
  const without = ['own/hall/a/box/spot'];
  expect(factOf({ ...stored, data: { ...data, without, paidMicroUsdPerHour: 5 } })).toEqual({
    ...{ ...decided, without },
  });
});

test('who rejected a plan is told, and why', () => {
  const stored = { at: 10, type: 'plan-rejected', stream: 'plan-pl-1', version: 2, position: 7 };
  const data = { planId: 'pl-1', by: 'ada', reason: 'too dear' };
  expect(factOf({ ...stored, data })).toEqual({
    ...{ at: 10, type: 'capacity-plan-decided', verdict: 'rejected', ...data },
  });
});

test('a commitment is told with its terms', () => {
  const terms = {
    ...{ kind: 'spend', commitmentId: 'c-1', vendor: 'own', startsAt: 1, endsAt: 99 },
    ...{ coveredMicroUsdPerHour: 5, priceMicroUsdPerHour: 3 },
  };
  const stored = { at: 10, stream: 'control', version: 1, position: 7 };
  expect(factOf({ ...stored, type: 'commitment-recorded', data: { terms, by: 'ada' } })).toEqual({
    ...{ at: 10, type: 'capacity-commitment-recorded', ...terms, by: 'ada' },
  });
});

test('another catalogue is told in counts: which offers they are stands in the log', () => {
  const first = [{ offerId: 'own/hall/a/box/spot', priceMicroUsdPerNodeHour: 1 }];
  const none = { count: 0, first: [] };
  const data = {
    ...{ version: 'v2', offers: 7, rejectedRows: 1 },
    ...{ added: { count: 1, first }, withdrawn: none, repriced: none, redescribed: none },
  };
  const stored = { type: 'catalogue-changed', data, at: 10, stream: 'catalogue', version: 1, position: 8 };
  expect(factOf(stored)).toEqual({
    ...{ at: 10, type: 'capacity-catalogue-changed', version: 'v2', offers: 7, rejectedRows: 1 },
    ...{ added: 1, withdrawn: 0, repriced: 0, redescribed: 0 },
  });
});

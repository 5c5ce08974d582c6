import {
  defaultPolicy,
  evolveHost,
  initialControl,
  initialDecisions,
  type Host,
  type HostEvent,
  type PlanningProblem,
} from '@slipway/capacity-planner-core';
import type { KeptPlan } from '../processes/plan-capacity/ports.js';
import { offer } from '../rule-of-three.testing.js';
import { weighChanges, type Followed, type Weighing } from './weigh-changes.js';

const AT = offer.pricedAt;

const hostOf = (hostId: string): Host => {
  const { shape, behaviour: _, window: __, pricedAt: ___, source: ____, ...order } = offer;
  const events: readonly HostEvent[] = [
    {
      type: 'host-asked',
      data: {
        ...{ ...order, hostId, gpuType: shape.gpuType, gpuCount: shape.gpuCount },
        ...{ planId: 'pl-0', because: 'spec' },
      },
    },
    { type: 'host-accepted', data: { hostId, vendorHostId: hostId, billedFrom: AT } },
    { type: 'host-joined', data: { hostId } },
  ];
  return events.reduce<Host | undefined>((host, event) => evolveHost(host, event, AT), undefined)!;
};
const keptOf = (planId: string, nodes: number): KeptPlan =>
  ({
    stored: { planId, plan: { offers: [{ offerId: offer.offerId, nodesNow: 1, nodes: [nodes] }] } },
    problem: {
      offers: [offer],
      forecast: { madeAt: AT },
      policy: defaultPolicy,
    } as unknown as PlanningProblem,
  }) as unknown as KeptPlan;

const weighed = (followed: Followed, seen: readonly string[] = [offer.vendor]) => {
  const weighing = {
    ledger: { hosts: [hostOf('h1')], vendorsSeenAt: new Map(), lessons: new Map() },
    workers: { containersOn: () => 0 },
    ...{
      state: { control: initialControl, decisions: initialDecisions },
      policy: defaultPolicy,
      at: AT,
      seen: new Set(seen),
    },
  } as unknown as Weighing;
  const { now, held, planId } = weighChanges(followed, weighing);
  return [
    planId,
    now.map(({ action }) => action),
    held.map(({ change, heldBy }) => `${change.action} ${heldBy}`),
  ];
};

test('a plan in force is carried out', () => {
  expect(weighed({ inForce: keptOf('pl-1', 3) })).toEqual(['pl-1', ['start', 'start'], []]);
});

test('while a newer one waits only what both want is done, and the rest says that it waits for an approval', () => {
  const followed = { inForce: keptOf('pl-1', 3), heldBack: keptOf('pl-2', 2) };
  expect(weighed(followed)).toEqual(['pl-2', ['start'], ['start approval']]);
  expect(weighed({ inForce: keptOf('pl-1', 0), heldBack: keptOf('pl-2', 2) })).toEqual([
    'pl-2',
    [],
    ['drain approval'],
  ]);
});

test('of a vendor that does not answer nothing is changed', () => {
  expect(weighed({ inForce: keptOf('pl-1', 0) }, [])).toEqual(['pl-1', [], ['drain vendor-away']]);
});

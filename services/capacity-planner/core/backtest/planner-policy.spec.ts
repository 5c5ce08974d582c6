import type { Plan } from '../plan/plan.js';
import type { ObservedNode, Observation } from '../simulation/policy-port.js';
import { LearnedDepth } from './learned-depth.js';
import { LearnedLosses } from './learned-losses.js';
import { observedFleet } from './observed-fleet.js';
import { wishOf } from './planner-policy.js';

const HOUR_MS = 3_600_000;
const node = (
  nodeId: number,
  containers: number,
  state: ObservedNode['state'] = 'ready',
  paidUntil = 0,
): ObservedNode => ({
  nodeId,
  offerId: 'o',
  state,
  startedAt: 0,
  paidUntil,
  sticky: containers > 0 ? [{ groupId: 'g', containers }] : [],
});
const stopping = (nodes: number): Plan =>
  ({
    offers: [
      {
        offerId: 'o',
        nodesNow: 3,
        nodes: [3 - nodes],
        starts: [0],
        stops: [nodes],
      },
    ],
    flows: [],
  }) as unknown as Plan;

describe('the planner in the simulator', () => {
  test('of one offer the emptiest nodes go first, then those that drain already', () => {
    const nodes = [node(1, 3), node(2, 1), node(3, 8, 'draining'), node(4, 0)];
    expect(wishOf({ nodes }, stopping(2)).stops).toEqual([4, 2]);
  });

  test('sees its fleet by offer, with what is paid for anyway', () => {
    const nodes = [node(1, 3, 'starting', 50), node(2, 1, 'ready', 50), node(3, 0, 'ready', 5)];
    expect(observedFleet({ at: 10, nodes } as unknown as Observation)).toEqual({
      seenAt: 10,
      holdings: [
        {
          offerId: 'o',
          nodes: 3,
          startingNodes: 1,
          drainingNodes: 0,
          paidUntil: [{ at: 50, nodes: 2 }],
        },
      ],
      nodes: [
        { offerId: 'o', running: [{ groupId: 'g', containers: 3 }] },
        { offerId: 'o', running: [{ groupId: 'g', containers: 1 }] },
        { offerId: 'o', running: [] },
      ],
      running: [{ groupId: 'g', offerId: 'o', containers: 4 }],
    });
  });

  test('a refusal caps an offer at what is held of it, and is doubted more with every hour', () => {
    const depth = new LearnedDepth();
    const offer = {
      offerId: 'o',
      behaviour: {},
    } as unknown as Observation['offers'][number];
    const seen = {
      at: 0,
      nodes: [node(1, 0), node(2, 0)],
      refusals: [{ offerId: 'o', asked: 3, granted: 1 }],
    };
    depth.learn(seen as unknown as Observation);
    const known = (at: number) => depth.told([offer], at)[0]!.behaviour.availableNodes;
    expect([0, HOUR_MS, 2 * HOUR_MS, 3 * HOUR_MS].map(known)).toEqual([2, 3, 4, 6]);
    const again = (at: number) => depth.told([offer], at, 'asked-again')[0]!.behaviour.availableNodes;
    expect([0, HOUR_MS / 4, 3 * HOUR_MS].map(again)).toEqual([2, 3, 6]);
  });

  test('spot nodes that are taken more often than their catalogue says raise its rates, once for each step', () => {
    const losses = new LearnedLosses();
    const offer = {
      offerId: 'o',
      behaviour: { preemptionsPerNodeHour: 0.1 },
    } as unknown as Observation['offers'][number];
    const rate = () => losses.told([offer])[0]!.behaviour.preemptionsPerNodeHour;
    expect(rate()).toBe(0.1);
    const seen = {
      step: 1,
      stepMs: HOUR_MS,
      nodes: Array.from({ length: 10 }, (_, index) => node(index, 0)),
      offers: [offer],
      losses: [{ offerId: 'o', nodes: 6, because: 'taken' }],
    } as unknown as Observation;
    losses.learn(seen);
    losses.learn(seen);
    expect(rate()).toBeCloseTo(0.2, 9);
  });
});

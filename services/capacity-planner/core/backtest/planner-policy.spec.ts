import type { Offer } from '../catalogue/offer.js';
import type { Observation } from '../simulation/policy-port.js';
import { observedNode as node } from '../testing/observed-node.js';
import { LearnedDepth } from './learned-depth.js';
import { LearnedLosses } from './learned-losses.js';
import { observedFleet } from './observed-fleet.js';

const HOUR_MS = 3_600_000;

describe('the planner in the simulator', () => {
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

  test('a refusal caps an offer at what is held of it, for twice as long each time that it is heard again', () => {
    const depth = new LearnedDepth();
    const offer = {
      offerId: 'o',
      behaviour: {},
    } as unknown as Observation['offers'][number];
    const refused = (at: number, held: number) =>
      depth.learn({
        at,
        nodes: Array.from({ length: held }, (_, index) => node(index, 0)),
        refusals: [{ offerId: 'o', asked: 3, granted: 1 }],
      } as unknown as Observation);
    const known = (hours: number) => depth.told([offer], hours * HOUR_MS)[0]!.behaviour.availableNodes;
    const again = (hours: number) =>
      depth.told([offer], hours * HOUR_MS, 'asked-again')[0]!.behaviour.availableNodes;
    refused(0, 2);
    expect([0, 0.25, 0.5].map(known)).toEqual([2, 2, undefined]);
    expect([0, 0.25].map(again)).toEqual([2, undefined]);
    expect(depth.told([offer], 5 * HOUR_MS, 'kept-to')[0]!.behaviour.availableNodes).toBe(2);
    refused(HOUR_MS, 2);
    refused(HOUR_MS, 2);
    expect([1, 1.75, 2].map(known)).toEqual([2, 2, undefined]);
    refused(3 * HOUR_MS, 4);
    expect([3, 3.25, 3.5].map(known)).toEqual([4, 4, undefined]);
  });

  describe('spot nodes that are taken more often than their catalogue says', () => {
    const offer = (vendor: string, purchase: Offer['purchase'] = 'spot') =>
      ({
        ...{ offerId: vendor, vendor, region: 'us-1', purchase, shape: { gpuType: 'T4' } },
        behaviour: { preemptionsPerNodeHour: purchase === 'spot' ? 0.1 : 0 },
      }) as unknown as Offer;
    const offers = [offer('a'), offer('b'), offer('firm', 'on-demand')];
    const rates = (losses: LearnedLosses) =>
      losses.told(offers).map(({ behaviour }) => behaviour.preemptionsPerNodeHour);
    const seen = (held: number, taken: number) =>
      ({
        ...{ step: 1, stepMs: HOUR_MS, offers },
        nodes: Array.from({ length: held }, (_, index) => ({ ...node(index, 0), offerId: 'a' })),
        losses: [{ offerId: 'a', nodes: taken, because: 'taken' }],
      }) as unknown as Observation;

    test('raise the rates of all spot offers alike, once for each step', () => {
      const losses = new LearnedLosses();
      const [before, , firm] = rates(losses);
      expect(before).toBeCloseTo(0.13, 9);
      expect(firm).toBe(0);
      losses.learn(seen(4, 6));
      losses.learn(seen(4, 6));
      const [a, b] = rates(losses);
      expect(a).toBeCloseTo(0.1 + (40 * 0.03 + 0.6 - 0.1) / 41, 9);
      expect(b).toBe(a);
    });

    test('count by the share of a market that was lost, not by how many nodes stood in it', () => {
      const [few, many] = [new LearnedLosses(), new LearnedLosses()];
      few.learn(seen(1, 1));
      many.learn(seen(50, 50));
      expect(rates(few)[1]).toBeCloseTo(rates(many)[1]!, 9);
    });
  });
});

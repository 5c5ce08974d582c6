import type { DemandGroup } from '../demand/demand-group.js';
import { prepare } from '../model/prepare.js';
import { defaultPolicy } from '../policy.js';
import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import { evaluate } from './evaluate.js';

const MINUTE_MS = 60_000;
const interactive = plainGroup('a-person', 1);
const background = plainGroup('nobody', 1, { waitClass: 'background' });

/** Two nodes of one GPU are held, so many of them on their way; two containers stand there, one of them waits cheaply. */
const planned = (startingNodes: number, running: readonly DemandGroup[] = []) => {
  const prepared = prepare({
    at: 0,
    offers: [plainOffer('one', 1, 2)],
    quotas: [],
    commitments: [],
    groups: [interactive, background],
    forecast: {
      madeAt: 0,
      groups: [interactive, background].map(({ groupId }) => ({
        groupId,
        periods: [{ expectedContainers: 1, quantiles: [] }],
      })),
      pooledErrors: [],
    },
    fleet: {
      seenAt: 0,
      holdings: [
        {
          offerId: plainOffer('one', 1, 2).offerId,
          ...{ nodes: 2, startingNodes, drainingNodes: 0, paidUntil: [] },
        },
      ],
      running: running.map(({ groupId }) => ({
        groupId,
        offerId: plainOffer('one', 1, 2).offerId,
        containers: 1,
      })),
    },
    policy: {
      ...defaultPolicy,
      horizon: { periodsMs: [15 * MINUTE_MS] },
      solve: { ...defaultPolicy.solve, allIntegerBelowGpus: 0 },
    },
  });
  return evaluate(prepared, {
    nodes: [Float64Array.of(2)],
    served: prepared.pairs.map(() => Float64Array.of(1)),
  });
};

describe('in a large fleet', () => {
  it('nobody waits where all nodes are there', () => {
    expect(planned(0).cost.latenessMicroUsd).toBe(0);
  });

  it('who stands on a node that is on its way waits for it, the cheapest first', () => {
    const { service, cost } = planned(1);
    expect(service.map(({ groupId, late }) => [groupId, late[0]])).toEqual([
      ['a-person', 0],
      ['nobody', 1],
    ]);
    expect(cost.latenessMicroUsd).toBe(Math.round(2_000_000 / 60));
    expect(planned(2).service.map(({ late }) => late[0])).toEqual([1, 1]);
  });

  it('who runs does not wait, however little the wait would cost: the others do', () => {
    const late = (running: readonly DemandGroup[]) =>
      planned(1, running).service.map((service) => service.late[0]);
    expect(late([background])).toEqual([1, 0]);
    expect(late([interactive])).toEqual([0, 1]);
    // As many run as nodes are there; should more run, the dearest of them wait.
    expect(late([interactive, background])).toEqual([1, 0]);
  });
});

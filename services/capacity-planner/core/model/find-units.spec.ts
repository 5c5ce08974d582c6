import { plainGroup, plainOffer } from '../testing/plain-parts.js';
import { randomProblem } from '../testing/random-problem.js';
import { prepare } from './prepare.js';

const MINUTE_MS = 60_000;

test('a node is held as long as it is paid for, and in the first period where most of that is paid for', () => {
  const problem = randomProblem(3, {
    vendors: 2,
    offers: 8,
    groups: 4,
    periodsMs: [15 * MINUTE_MS, 15 * MINUTE_MS],
    gpus: 20,
  });
  const [holding] = problem.fleet.holdings.filter(({ nodes }) => nodes > 0);
  const paidFor = (minutes: number): readonly number[] => {
    const paidUntil = [{ at: problem.at + minutes * MINUTE_MS, nodes: 1 }];
    const { units } = prepare({
      ...problem,
      fleet: { ...problem.fleet, holdings: [{ ...holding!, paidUntil }] },
    });
    return units.find(({ held }) => held > 0)!.paid;
  };
  expect([1, 7, 8, 15, 29, 30].map(paidFor)).toEqual([
    [0, 0],
    [0, 0],
    [1, 0],
    [1, 0],
    [1, 0],
    [1, 1],
  ]);
});

test('equal offers are one unit; where nodes of one are on their way it is a unit of its own', () => {
  const offers = ['a', 'b', 'c'].map((offerId) => plainOffer(offerId, 1, 2, { zone: offerId }));
  const group = plainGroup('group', 1);
  const unitsWith = (startingNodes: number) =>
    prepare({
      ...randomProblem(1, { vendors: 1, offers: 1, groups: 1, periodsMs: [15 * MINUTE_MS], gpus: 1 }),
      ...{ offers, quotas: [], commitments: [], groups: [group] },
      forecast: { madeAt: 0, groups: [], pooledErrors: [] },
      fleet: {
        seenAt: 0,
        holdings: [
          { offerId: offers[1]!.offerId, ...{ nodes: 2, startingNodes, drainingNodes: 0, paidUntil: [] } },
        ],
        running: [],
      },
    }).units.map(({ members, held, starting }) => ({
      offers: members.map(({ offer }) => offer.offerId),
      ...{ held, starting },
    }));
  expect(unitsWith(0)).toEqual([{ offers: ['a', 'b', 'c'], held: 2, starting: 0 }]);
  expect(unitsWith(1)).toEqual([
    { offers: ['a', 'c'], held: 0, starting: 0 },
    { offers: ['b'], held: 2, starting: 1 },
  ]);
});

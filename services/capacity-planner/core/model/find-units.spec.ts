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

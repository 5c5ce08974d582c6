import { emptyStep, outcomeOf, type Outcome } from '../simulation/accounts/step-account.js';
import { cheapestOf, savings, scoreOf } from './score.js';

const run = (policy: string, period: string, usd: number): Outcome =>
  outcomeOf({ simulator: 1, policy, period }, [
    {
      ...emptyStep(),
      infrastructureMicroUsd: usd * 1_000_000,
      wantedGpuMs: 1000,
      lateGpuMs: 5,
      starts: 3,
    },
  ]);

describe('the score of a policy', () => {
  test('is the mean of its runs, beside the bounds of their periods', () => {
    const score = scoreOf([run('ours', 'a', 120), run('ours', 'b', 80)], new Map([['a', 100_000_000]]));
    expect(score).toMatchObject({
      runs: 2,
      totalUsd: 100,
      latePercent: 0.5,
      startsPerStep: 3,
    });
    expect(score.overBound).toEqual({ mean: 1.2, worst: 1.2, infrastructure: 1.2 });
  });

  test('counts the steps in which somebody of high priority was short, by however little', () => {
    const steps = [0, 1, 0, 900_000].map((priorityShortGpuMs) => ({ ...emptyStep(), priorityShortGpuMs }));
    const short = outcomeOf({ simulator: 1, policy: 'ours', period: 'a' }, steps);
    expect(scoreOf([short], new Map()).priorityShortStepsPercent).toBe(50);
  });

  test('savings are compared period by period, and the least of them is told', () => {
    const ours = [run('ours', 'a', 75), run('ours', 'b', 90)];
    const theirs = [run('theirs', 'a', 100), run('theirs', 'b', 100)];
    expect(savings(ours, theirs).mean).toBeCloseTo(0.175);
    expect(savings(ours, theirs).least).toBeCloseTo(0.1);
  });

  test('the best of several is chosen anew in each period', () => {
    const best = cheapestOf('best', [
      [run('one', 'a', 1), run('one', 'b', 4)],
      [run('two', 'a', 2), run('two', 'b', 3)],
    ]);
    expect(best.map(({ totalMicroUsd }) => totalMicroUsd / 1_000_000)).toEqual([1, 3]);
  });
});

import { jumpsGoOn } from './jumps-go-on.js';
import { persistence } from './persistence.js';

const STEP_MS = 900_000;
const seriesOf = (values: readonly (number | undefined)[]) => ({ startsAt: 0, stepMs: STEP_MS, values });
const repeated = (cycle: readonly number[], times: number): number[] =>
  Array.from({ length: times }, () => cycle).flat();
const quiet = repeated([10], 12);
const foretell = (values: readonly (number | undefined)[]) =>
  jumpsGoOn(seriesOf(values), persistence(seriesOf(values)));

describe('a jump after quiet', () => {
  test('goes on where jumps went on before', () => {
    const days = repeated([...quiet, 16, 22, 22, 22, 16], 8);
    const foretold = foretell([...days, ...quiet, 16]);
    expect(foretold(1)).toBeGreaterThan(19);
    expect(foretold(1)).toBeLessThanOrEqual(22);
    // The second step of a rise is no new jump.
    expect(foretell([...days, ...quiet, 16, 22])(1)).toBe(22);
  });

  test('falls back where jumps fell back before', () => {
    const days = repeated([...quiet, 16], 8);
    expect(foretell([...days, ...quiet, 16])(1)).toBeLessThan(12);
  });

  test('says nothing while none was seen before, nor across a hole', () => {
    expect(foretell([...quiet, 16])(1)).toBe(16);
    expect(foretell([...repeated([...quiet, 16, 22], 8), ...quiet, undefined, 16])(1)).toBe(16);
  });

  test('does not know of steps behind the moment that it is asked as of', () => {
    const days = repeated([...quiet, 16, 22, 22, 22, 16], 8);
    expect(foretell(days)(1, days.length - 5)).toBe(10);
  });

  test('is never negative', () => {
    const days = repeated([...repeated([4], 12), 0, 0, 4], 8);
    expect(foretell([...days, ...repeated([4], 12), 0])(1)).toBeGreaterThanOrEqual(0);
  });
});

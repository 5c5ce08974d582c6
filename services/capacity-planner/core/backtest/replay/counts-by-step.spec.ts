import fc from 'fast-check';
import { countsByStep } from './counts-by-step.js';

const STEP = 900_000;

describe('counts by step', () => {
  test('a level that holds is itself, also one that began long before', () => {
    expect(countsByStep([{ at: -5 * STEP, containers: 3 }], 0, STEP, 3)).toEqual([3, 3, 3]);
  });

  test('short jobs are neither lost nor multiplied: their parts add up to whole containers', () => {
    const level = [
      { at: 0, containers: 1 },
      { at: STEP / 2, containers: 0 },
      { at: STEP, containers: 1 },
      { at: 1.5 * STEP, containers: 0 },
    ];
    expect(countsByStep(level, 0, STEP, 3)).toEqual([0, 1, 0]);
  });

  test('all that was wanted is counted, less than one container apart', () => {
    const levels = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 20 * STEP }), containers: fc.nat(50) }),
    );
    fc.assert(
      fc.property(levels, (unordered) => {
        const ordered = unordered.toSorted((a, b) => a.at - b.at);
        const counts = countsByStep(ordered, 0, STEP, 20);
        const area = ordered.reduce((sum, { at, containers }, index) => {
          const until = Math.min(20 * STEP, ordered[index + 1]?.at ?? 20 * STEP);
          return sum + (containers * (until - at)) / STEP;
        }, 0);
        const counted = counts.reduce((sum, count) => sum + count, 0);
        expect(counted).toBeLessThanOrEqual(area + 1e-6);
        expect(counted).toBeGreaterThan(area - 1 - 1e-6);
        expect(counts.every(Number.isInteger)).toBe(true);
      }),
    );
  });
});

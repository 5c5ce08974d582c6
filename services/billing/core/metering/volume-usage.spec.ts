import type { VolumeSize } from '@slipway/contracts';
import fc from 'fast-check';
import { readFact } from './read-fact.js';
import { UsageInMemory } from './usage-in-memory.testing.js';
import { lastWholeHour, volumeUsage } from './volume-usage.js';

const HOUR_MS = 3_600_000;
const volumeMadeAt = (createdAtMs: number): VolumeSize => ({
  volumeId: 'vo-1',
  workspaceId: 'ws-1',
  environment: 'main',
  createdAtMs,
  storedBytes: 1_000,
});

describe('the hours of a volume', () => {
  test('given one that is made within an hour, then that hour counts from then on', () => {
    const fact = volumeUsage(volumeMadeAt(10.25 * HOUR_MS), 10);
    expect(fact).toMatchObject({
      sequence: 0,
      fromMs: 10.25 * HOUR_MS,
      durationNs: 0.75 * HOUR_MS * 1_000_000,
    });
  });

  test('given one that is made later, then there is nothing to count', () => {
    expect(volumeUsage(volumeMadeAt(11 * HOUR_MS), 10)).toBeUndefined();
  });

  test('the hour that is not over is not counted yet', () => {
    expect(lastWholeHour(11.9 * HOUR_MS)).toBe(10);
    expect(lastWholeHour(12 * HOUR_MS)).toBe(11);
  });

  test('hour upon hour they are taken, and add up to its age', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 * HOUR_MS }),
        fc.integer({ min: 0, max: 200 }),
        (createdAtMs, hours) => {
          const usage = new UsageInMemory();
          const firstHour = Math.floor(createdAtMs / HOUR_MS);
          for (let hour = 0; hour < firstHour + hours; hour += 1) {
            const fact = volumeUsage(volumeMadeAt(createdAtMs), hour);
            if (fact === undefined) continue;
            expect(readFact(fact)).toEqual({ fact });
            usage.take([fact, fact], 1_000 * HOUR_MS);
          }
          expect(usage.refused).toEqual([]);
          const ageMs = hours === 0 ? 0 : (firstHour + hours) * HOUR_MS - createdAtMs;
          expect(usage.durationNs('vo-1')).toBe(BigInt(ageMs) * 1_000_000n);
        },
      ),
      { numRuns: 50 },
    );
  });
});

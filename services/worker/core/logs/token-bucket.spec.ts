import fc from 'fast-check';
import { TokenBucket, type ByteRate } from './token-bucket.js';

const MOST_BYTES = 1_000;

const anyRate = fc.record<ByteRate>({
  bytesPerSecond: fc.integer({ min: 1, max: 10_000 }),
  burstBytes: fc.integer({ min: 1, max: 50_000 }),
});
const anyAsks = fc.array(
  fc.record({ afterMs: fc.integer({ min: 0, max: 2_000 }), bytes: fc.integer({ min: 1, max: MOST_BYTES }) }),
  { maxLength: 200 },
);

describe('a token bucket', () => {
  test('lets pass no more than its burst and its rate, and at most one thing beyond', () => {
    fc.assert(
      fc.property(anyRate, anyAsks, (rate, asks) => {
        const bucket = new TokenBucket(rate, 0);
        let atMs = 0;
        let passed = 0;
        for (const { afterMs, bytes } of asks) {
          atMs += afterMs;
          if (bucket.take(bytes, atMs)) passed += bytes;
          expect(passed).toBeLessThan(
            rate.burstBytes + (rate.bytesPerSecond * atMs) / 1000 + MOST_BYTES + 0.001,
          );
        }
      }),
    );
  });

  test('refuses nothing to who stays within its rate', () => {
    fc.assert(
      fc.property(anyRate, anyAsks, (rate, asks) => {
        const bucket = new TokenBucket(rate, 0);
        let atMs = 0;
        for (const { bytes } of asks) {
          expect(bucket.take(bytes, atMs)).toBe(true);
          atMs += (bytes * 1000) / rate.bytesPerSecond + 0.001;
        }
      }),
    );
  });

  test('is full again after a rest, however much was asked of it', () => {
    fc.assert(
      fc.property(anyRate, anyAsks, (rate, asks) => {
        const bucket = new TokenBucket(rate, 0);
        let atMs = 0;
        for (const { afterMs, bytes } of asks) bucket.take(bytes, (atMs += afterMs));
        atMs += ((rate.burstBytes + MOST_BYTES) * 1000) / rate.bytesPerSecond + 1;
        expect(bucket.take(rate.burstBytes - 0.5, atMs)).toBe(true);
        expect(bucket.take(1, atMs)).toBe(true);
        expect(bucket.take(1, atMs)).toBe(false);
      }),
    );
  });

  test('gets nothing out of a clock that goes back', () => {
    const bucket = new TokenBucket({ bytesPerSecond: 1, burstBytes: 1 }, 10_000);
    expect(bucket.take(1, 10_000)).toBe(true);
    expect(bucket.take(1, 5_000)).toBe(false);
    expect(bucket.take(1, 10_000)).toBe(false);
  });
});

import type { ObjectClient } from '@slipway/nest-kit';
import { GenericResult } from '@slipway/protocol';
import { outcomeOfResult } from './outcome-of-result.js';

const KIB = 1024;
const objects = { putBlob: async () => 'bl-1' } as unknown as ObjectClient;
const outcomeOf = (result: Partial<GenericResult>) =>
  outcomeOfResult(objects, 'ws-1', GenericResult.fromPartial(result), 'pickle');

test('long texts of a failure are cut, and say so', async () => {
  const { exception = '', traceback = '' } = await outcomeOf({
    exception: `ValueError('${'x'.repeat(9_000 * KIB)}')`,
    traceback: `Traceback:\n${'x'.repeat(9_000 * KIB)}\nValueError: the end`,
  });
  for (const text of [exception, traceback]) {
    expect(text.length).toBeLessThan(65 * KIB);
    expect(text).toMatch(/\n\[\d+ of 9216\d+ bytes are left out here\]\n/);
  }
  expect(exception).toMatch(/^ValueError\('x/);
  expect(traceback).toMatch(/ValueError: the end$/);
});

test('a pickled traceback that is long is left out with its lines of source, a shorter one is kept whole', async () => {
  const lines = Buffer.from('lines');
  const long = await outcomeOf({ serializedTb: Buffer.alloc(100 * KIB), tbLineCache: lines });
  expect(long).toEqual({ kind: 'user-error', dataFormat: 'pickle' });
  expect(await outcomeOf({ serializedTb: Buffer.from('frames'), tbLineCache: lines })).toMatchObject({
    serializedTraceback: Buffer.from('frames').toString('base64'),
    tracebackLineCache: lines.toString('base64'),
  });
});

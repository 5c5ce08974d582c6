import type { Digest } from '@slipway/contracts';
import fc from 'fast-check';
import { base64ToHex } from './base64-to-hex.js';
import { checkUpload } from './check-upload.js';
import { orderParts } from './order-parts.js';
import { parseCompletion } from './parse-completion.js';
import { MOST_PARTS, partSizeBytes, planUpload, UPLOAD_LIMITS } from './plan-upload.js';

const md5 = (letter: string): string => letter.repeat(32);

describe('planning an upload', () => {
  test('small blobs are sent at once, large ones in parts', () => {
    expect(planUpload(0, UPLOAD_LIMITS)).toEqual({ kind: 'single' });
    expect(planUpload(UPLOAD_LIMITS.multipartFromBytes - 1, UPLOAD_LIMITS)).toEqual({ kind: 'single' });
    expect(planUpload(UPLOAD_LIMITS.multipartFromBytes, UPLOAD_LIMITS)).toMatchObject({
      kind: 'multipart',
      partCount: 4,
    });
  });

  test('the parts of any blob make up the whole, and are not too many', () => {
    fc.assert(
      fc.property(fc.integer({ min: UPLOAD_LIMITS.multipartFromBytes, max: 1024 ** 4 }), (sizeBytes) => {
        const plan = planUpload(sizeBytes, UPLOAD_LIMITS);
        if (!('kind' in plan) || plan.kind !== 'multipart') throw new Error('not in parts');
        expect(plan.partCount).toBeLessThanOrEqual(MOST_PARTS);
        const last = partSizeBytes(plan, sizeBytes, plan.partCount);
        expect(last).toBeGreaterThan(0);
        expect(plan.partLengthBytes * (plan.partCount - 1) + last).toBe(sizeBytes);
      }),
    );
  });

  test.each([-1, 1.5, Number.NaN, 1024 ** 5])('%s bytes cannot be', (sizeBytes) => {
    expect(planUpload(sizeBytes, UPLOAD_LIMITS)).toMatchObject({ code: 'bad-content-length' });
  });
});

describe('completing an upload', () => {
  const part = (partNumber: number, letter: string) => ({
    partNumber,
    md5Hex: md5(letter),
    digest: letter as Digest,
    sizeBytes: 1,
  });

  test('the document that S3 clients send is read', () => {
    const xml = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"${md5('a')}"</ETag></Part>
      <Part><PartNumber>2</PartNumber><ETag>&quot;${md5('b')}&quot;</ETag></Part></CompleteMultipartUpload>`;
    expect(parseCompletion(xml)).toEqual([
      { partNumber: 1, md5Hex: md5('a') },
      { partNumber: 2, md5Hex: md5('b') },
    ]);
    expect(parseCompletion('<x/>')).toMatchObject({ code: 'malformed-completion' });
  });

  test('parts are joined in their order, whatever order they came in', () => {
    const parts = [part(2, 'b'), part(1, 'a')];
    expect(orderParts(parts, parts, 2)).toEqual([part(1, 'a'), part(2, 'b')]);
  });

  test('a part that is missing or is another one is named', () => {
    expect(orderParts([part(1, 'a')], [part(1, 'a')], 2)).toMatchObject({
      code: 'part-missing',
      message: 'part 2 of 2 was not uploaded',
    });
    expect(orderParts([part(1, 'a')], [part(1, 'c')], 1)).toMatchObject({ code: 'part-differs' });
    expect(orderParts([part(1, 'a')], [], 1)).toMatchObject({ code: 'wrong-part-count' });
  });
});

describe('checking what came', () => {
  const received = { digest: 'd', sizeBytes: 3, md5Hex: md5('a') };
  test.each([
    [{ sizeBytes: 4 }, 'wrong-length'],
    [{ md5Hex: md5('b') }, 'wrong-md5'],
    [{ sha256Hex: 'e' }, 'wrong-sha256'],
  ])('%o is refused', (expected, code) => {
    expect(checkUpload(received, expected)).toMatchObject({ code });
  });
  test('a placeholder in place of the md5 is not compared', () => {
    expect(checkUpload(received, { md5Hex: 'baadbaad'.repeat(4), sizeBytes: 3 })).toBeUndefined();
  });
});

test('a hash in base64 is read as what Node writes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      expect(base64ToHex('x', Buffer.from(bytes).toString('base64'), 16)).toBe(
        Buffer.from(bytes).toString('hex'),
      );
    }),
  );
  expect(base64ToHex('x', 'AAAA', 16)).toMatchObject({ code: 'bad-hash' });
});

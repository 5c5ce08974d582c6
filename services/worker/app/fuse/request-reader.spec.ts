import { LATEST_FILE_TIME_MS } from '@slipway/contracts';
import { writeAttributesReply } from './attribute-encoding.js';
import { IN_HEADER_BYTES } from './connection.js';
import type { NodeAttributes } from './file-system.js';
import { attributeChangesOf } from './request-reader.js';

const MTIME = 1 << 5;

const setTime = (seconds: bigint, nanoseconds: number): Buffer => {
  const request = Buffer.alloc(IN_HEADER_BYTES + 88);
  request.writeUInt32LE(MTIME, IN_HEADER_BYTES);
  request.writeBigInt64LE(seconds, IN_HEADER_BYTES + 40);
  request.writeUInt32LE(nanoseconds, IN_HEADER_BYTES + 60);
  return request;
};

test.each([
  [981_173_106n, 500_000_000, 981_173_106_500],
  [-1n, 0, 0],
  [-(2n ** 63n), 999_999_999, 0],
  [2n ** 62n, 0, LATEST_FILE_TIME_MS],
])('a file’s time is kept where clients can show it: %s s', (seconds, nanoseconds, mtimeMs) => {
  expect(attributeChangesOf(setTime(seconds, nanoseconds))).toEqual({ mtimeMs });
});

test('a time beyond all calendars, as it was once kept, is told as the latest one', () => {
  const attributes = { node: 1, sizeBytes: 0, mtimeMs: 1.8e22, ctimeMs: -5, kind: 'file', mode: 0o644 };
  const reply = Buffer.alloc(200);
  writeAttributesReply(reply, 0, { ...attributes, links: 1, uid: 0, gid: 0 } as NodeAttributes);
  expect(reply.readBigUInt64LE(16 + 32)).toBe(BigInt(LATEST_FILE_TIME_MS / 1000));
  expect(reply.readBigUInt64LE(16 + 40)).toBe(0n);
});

import { leftOutNotice } from './left-out-notice.js';

const MIB = 1024 * 1024;

test.each([
  [12.34 * MIB, MIB, '[slipway] 12.3 MiB of output left out: more than 1 MiB/s\n'],
  [3 * MIB, 1.5 * MIB, '[slipway] 3 MiB of output left out: more than 1.5 MiB/s\n'],
  [1, 100 * 1024, '[slipway] 1 KiB of output left out: more than 100 KiB/s\n'],
])('%d bytes beyond %d a second', (bytes, bytesPerSecond, notice) => {
  expect(leftOutNotice(bytes, bytesPerSecond)).toBe(notice);
});

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FreedRun } from '@slipway/worker-core';
import { StagingLog } from './staging-log.js';

let folder: string;
let log: StagingLog;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'staging-log-'));
  log = new StagingLog(join(folder, 'log'), 1_000_000);
});
afterEach(() => {
  log.close();
  rmSync(folder, { recursive: true });
});

test('a commit of any number of small files gives back what they took', () => {
  const places = Array.from({ length: 200_000 }, () => log.allocate(1));
  log.preserve();
  for (const at of places) log.release([{ at, lengthBytes: 1 }]);
  log.reuse();
  expect(log.freeBytes).toBe(1_000_000);
  expect(log.allocate(1)).toBe(0);
});

test('what is written without an end, in pieces of any length, takes no more of the disk than is staged at once', () => {
  const file = join(folder, 'log');
  let before: FreedRun[] = [];
  for (let round = 0; round < 300; round += 1) {
    log.preserve();
    const written = Array.from({ length: 20 }, (_, index) => {
      const lengthBytes = 1 + ((round * 7 + index * 13) % 50);
      const at = log.allocate(lengthBytes);
      log.write(Buffer.alloc(lengthBytes), at);
      return { at, lengthBytes };
    });
    log.release(before);
    log.reuse();
    before = written;
  }
  expect(statSync(file).size).toBeLessThan(4 * 20 * 50);
});

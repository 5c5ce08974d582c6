import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StagingLog } from './staging-log.js';

test('a commit of any number of small files gives back what they took', () => {
  const folder = mkdtempSync(join(tmpdir(), 'staging-log-'));
  const log = new StagingLog(join(folder, 'log'), 1_000_000);
  try {
    const places = Array.from({ length: 200_000 }, () => log.allocate(1));
    log.preserve();
    for (const at of places) log.release([{ at, lengthBytes: 1 }]);
    log.reuse();
    expect(log.freeBytes).toBe(1_000_000);
    expect(log.allocate(1)).toBe(0);
  } finally {
    log.close();
    rmSync(folder, { recursive: true });
  }
});

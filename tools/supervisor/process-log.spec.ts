import { closeSync, mkdtempSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProcessLog } from './process-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'slipway-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a log that grew long under a running process is set aside, and the process goes on printing to it', () => {
  const log = new ProcessLog(join(folder, 'one.log'), 10);
  const printed = log.open() as number;
  writeSync(printed, 'short\n');
  log.keepSmall();
  writeSync(printed, 'and long\n');
  log.keepSmall();
  writeSync(printed, 'new\n');
  closeSync(printed);
  expect(readFileSync(`${log.path}.1`, 'utf8')).toBe('short\nand long\n');
  expect(readFileSync(log.path, 'utf8')).toBe('new\n');
});

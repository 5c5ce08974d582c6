import { closeSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
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
  writeSync(printed, 'and a long\n');
  log.keepSmall();
  writeSync(printed, 'new\n');
  closeSync(printed);
  expect(readFileSync(`${log.path}.1`, 'utf8')).toBe('nd a long\n');
  expect(readFileSync(log.path, 'utf8')).toBe('new\n');
});

test('a log that nobody prints to yet is set aside whole', () => {
  const log = new ProcessLog(join(folder, 'two.log'), 10);
  writeFileSync(log.path, 'much more than ten\n');
  closeSync(log.open() as number);
  expect(readFileSync(`${log.path}.1`, 'utf8')).toBe('much more than ten\n');
  expect(readFileSync(log.path, 'utf8')).toBe('');
});

test('a log that cannot be set aside is emptied', () => {
  const log = new ProcessLog(join(folder, 'three.log'), 10);
  mkdirSync(`${log.path}.1`);
  writeFileSync(log.path, 'much more than ten\n');
  log.keepSmall();
  expect(readFileSync(log.path, 'utf8')).toBe('');
});

import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceFolder } from './replace-folder.ts';

const scratch = mkdtempSync(join(tmpdir(), 'replace-folder-'));
const folder = join(scratch, 'deep', 'it');
afterAll(() => rmSync(scratch, { recursive: true }));

const filling = (text: string, ends: 'well' | 'half' = 'well') =>
  replaceFolder(folder, async () => {
    expect(existsSync(folder)).toBe(false);
    mkdirSync(folder);
    writeFileSync(join(folder, 'text'), text);
    if (ends === 'half') throw new Error('no network');
  });
const text = (): string => readFileSync(join(folder, 'text'), 'utf8');

test('a folder is made anew, or is what it was', async () => {
  await expect(filling('a first half', 'half')).rejects.toThrow('no network');
  expect(existsSync(folder)).toBe(false);
  await filling('first');
  await filling('second');
  expect(text()).toBe('second');
  await expect(filling('half', 'half')).rejects.toThrow('no network');
  expect(text()).toBe('second');
});

test('one that was broken off is begun again, and what was there before is not lost to it', async () => {
  await filling('whole');
  // As a kill leaves it.
  mkdirSync(`${folder}.before`);
  writeFileSync(join(`${folder}.before`, 'text'), 'from before the kill');
  await expect(filling('half', 'half')).rejects.toThrow('no network');
  expect(text()).toBe('from before the kill');
});

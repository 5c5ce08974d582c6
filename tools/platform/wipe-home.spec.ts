import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Home } from './home.ts';
import { wipeHome } from './wipe-home.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'home-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (...names: readonly string[]): void =>
  names.forEach((name) =>
    name.includes('.') ? writeFileSync(join(folder, name), '') : mkdirSync(join(folder, name)),
  );
const wipe = (): string[] => wipeHome({ folder } as Home).toSorted();

test('all data of a platform goes, and what was installed for the checkout stays', () => {
  put('secrets.json', 'data', 'logs', 'bin', 'client');
  expect(wipe()).toEqual(['data', 'logs', 'secrets.json']);
  expect(readdirSync(folder).toSorted()).toEqual(['bin', 'client']);
  expect(wipe()).toEqual([]);
});

test('what a first start left that did not come far goes too', () => {
  put('logs', 'npm-ci.lock', 'bin');
  expect(wipe()).toEqual(['logs', 'npm-ci.lock']);
});

test('a folder that is no platform’s is left as it is', () => {
  put('Documents', '.git', 'logs');
  expect(wipe).toThrow('is no platform');
  expect(readdirSync(folder)).toHaveLength(3);
});

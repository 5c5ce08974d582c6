import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Home } from './home.ts';
import { readHomeContents } from './home-contents.ts';
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
const wipe = () => wipeHome({ folder } as Home);

test('all data of a platform goes, its secrets last, and what was installed for the checkout stays', () => {
  put('secrets.json', 'data', 'logs', 'ports.json.17.draft', 'supervisor.sock', 'test-logs');
  const kept = ['bin', 'client', 'client.before', 'lost+found', 'settings.env'];
  put(...kept);
  const { removed, left } = wipe();
  expect(removed.toSorted()).toEqual([
    'data',
    'logs',
    'ports.json.17.draft',
    'secrets.json',
    'supervisor.sock',
    'test-logs',
  ]);
  expect(removed.at(-1)).toBe('secrets.json');
  expect(left).toEqual([]);
  expect(readdirSync(folder).toSorted()).toEqual(kept);
  expect(wipe().removed).toEqual([]);
});

test('what a first start left that did not come far goes too', () => {
  put('logs', 'npm-ci.lock', 'bin');
  expect(wipe().removed).toEqual(['logs', 'npm-ci.lock']);
});

test('what no platform made stays in a platform’s folder, and is named', () => {
  const left = ['Documents', 'data.1', 'notes.txt', 'secrets.json.1'];
  put('secrets.json', 'data', ...left);
  expect(wipe()).toEqual({ removed: ['data', 'secrets.json'], left });
  expect(readdirSync(folder).toSorted()).toEqual(left);
});

test('a folder that is no platform’s is left as it is, and none is begun there', () => {
  put('Documents', '.git', 'logs');
  expect(wipe).toThrow('it has .git and no secrets.json');
  expect(() => readHomeContents(folder)).toThrow('is no platform');
  expect(readdirSync(folder)).toHaveLength(3);
});

test('a platform is begun in a folder that is not there, empty, or has what was installed before', () => {
  expect(readHomeContents(join(folder, 'new')).foreign).toEqual([]);
  expect(readHomeContents(folder).foreign).toEqual([]);
  put('bin', 'settings.env', 'logs', 'npm-ci.lock', 'test-logs', 'lock.17');
  expect(readHomeContents(folder).foreign).toEqual([]);
});

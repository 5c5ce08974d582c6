import { spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityOf } from '../supervisor/process-identity.ts';
import { homeAt } from './home.ts';
import { lockHome } from './lock-home.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lock-home-'));
let count = 0;
const freshHome = () => homeAt('home', join(scratch, String((count += 1))));
const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

afterAll(() => rmSync(scratch, { recursive: true }));

describe('the lock of a home', () => {
  test('keeps a second command out until the first lets go', () => {
    const home = freshHome();
    const release = lockHome(home);
    expect(() => lockHome(home)).toThrow(`process ${process.pid}`);
    release();
    lockHome(home)();
    expect(readdirSync(home.folder)).toEqual([]);
  });

  test.each([
    ['empty, for the disk was full', (lock: string) => writeFileSync(lock, '')],
    ['of a process that is no more', (lock: string) => symlinkSync('1:1', lock)],
    ['of nobody', (lock: string) => symlinkSync('nobody', lock)],
  ])('is taken over when it is %s', (_, leave) => {
    const home = freshHome();
    lockHome(home)();
    leave(join(home.folder, 'lock'));
    lockHome(home)();
    expect(readdirSync(home.folder)).toEqual([]);
  });

  test('is not taken from a process that lives', async () => {
    const home = freshHome();
    lockHome(home)();
    const other = spawn('sleep', ['60']);
    const { pid, startTicks } = identityOf(other.pid!)!;
    const lock = join(home.folder, 'lock');
    symlinkSync(`${pid}:${startTicks}`, lock);
    expect(() => lockHome(home)).toThrow(`process ${pid}`);
    expect(isThere(lock)).toBe(true);
    const ended = new Promise((done) => other.once('exit', done));
    other.kill();
    await ended;
    lockHome(home)();
    expect(existsSync(lock)).toBe(false);
  });
});

test('a home and the toolbox are for their owner alone', () => {
  const home = freshHome();
  lockHome(home)();
  for (const folder of [home.folder, home.toolbox]) expect(statSync(folder).mode & 0o777).toBe(0o700);
});

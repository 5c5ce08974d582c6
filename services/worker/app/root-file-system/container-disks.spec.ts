import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, tryCommand } from '../command/run-command.js';
import { ContainerDisks } from './container-disks.js';

const GIB = 1024;

/** On a file system of 42 GiB of its own, which takes memory only for what is written. */
const isRoot = process.getuid?.() === 0;
(isRoot ? describe : describe.skip)(
  `the disks of containers${isRoot ? '' : ' (skipped: needs root)'}`,
  () => {
    let folder: string;
    let disks: ContainerDisks;
    let made: string[];

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'slipway-disks-'));
      await runCommand('mount', ['-t', 'tmpfs', '-o', `size=${42 * GIB}m`, 'tmpfs', folder]);
      disks = new ContainerDisks();
      made = [];
    });
    afterEach(async () => {
      for (const name of made) await disks.remove(join(folder, name));
      await tryCommand('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    });

    const make = async (name: string, askedGiB: number, promisedGiB = askedGiB): Promise<number> => {
      made.push(name);
      const { sizeMiB } = await disks.make(join(folder, name), askedGiB * GIB, promisedGiB * GIB);
      return Math.round(sizeMiB / GIB);
    };

    test('are as large as asked for while there is room beside what is kept free', async () => {
      expect([await make('a', 10), await make('b', 100)]).toEqual([10, 30]);
    });

    test('that are made at once are not promised the same space', async () => {
      const sizes = await Promise.all([make('a', 30), make('b', 30)]);
      expect(sizes.toSorted((a, b) => a - b)).toEqual([10, 30]);
    });

    test('give back what they were promised', async () => {
      await make('a', 30);
      await disks.remove(join(folder, 'a'));
      expect(await make('b', 30)).toBe(30);
    });

    test('that nobody asked for leave others what they were not promised', async () => {
      expect([await make('a', 16, 4), await make('b', 16, 4), await make('c', 64)]).toEqual([16, 16, 32]);
    });

    test('take what they have written from their own promise', async () => {
      await make('a', 30);
      const file = await open(join(folder, 'a', 'disk', 'upper', 'large'), 'w');
      for (let at = 0; at < GIB; at += 64) await file.write(Buffer.alloc(64 * 1024 * 1024, 1));
      await file.sync();
      await file.close();
      expect(await make('b', 30)).toBe(10);
    });

    test('are not too small to work with where all is promised, as long as that much is free', async () => {
      await make('a', 40);
      expect([await make('b', 16), await make('c', 1)]).toEqual([4, 1]);
    });
  },
);

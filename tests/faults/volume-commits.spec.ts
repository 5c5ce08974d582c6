import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeTree, createBlobStore, isBelow, loadDraft, type BlobStore } from '@slipway/blob-store-core';
import { ZERO_BLOCK, type VolumeEntry } from '@slipway/contracts';
import { DiskObjectStore } from '../../services/blob-store/app/objects-on-disk/disk-object-store.js';
import { openRecords, type OpenedRecords } from '../../services/blob-store/app/records/open-records.js';
import { overPostgres } from '../../tools/testing/over-postgres.ts';
import type { ThrowawayPostgres } from '../../tools/testing/throwaway-postgres.ts';
import { Chance } from '../simulation/chance.ts';
import { killDatabase } from './kill-database.ts';
import { startWriter } from './start-writer.ts';
import { carryOut, storeOf } from './volume-store.ts';
import { AT, STEPS, workloadOf, type Step } from './volume-workload.ts';

// SEED=17 runs that one again; SEEDS=2000 runs more of them. The writer runs what was built: `npm run build` first.
const asked = process.env['SEED'];
const seeds =
  asked === undefined
    ? Array.from({ length: Number(process.env['SEEDS'] ?? 200) }, (_, n) => n + 1)
    : [Number(asked)];
const AT_ONCE = 4;
/** Of so many writers one lives on, and it is a process of PostgreSQL that is killed under it. */
const DATABASE_DIES_EVERY = 10;

let postgres: ThrowawayPostgres;
let opened: OpenedRecords;
let store: BlobStore;
let folder: string;

overPostgres(openRecords, async (found, server) => {
  opened = found;
  postgres = server;
  folder = await mkdtemp(join(tmpdir(), 'slipway-volumes-'));
  store = storeOf({ createBlobStore, DiskObjectStore, opened, folder });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Tree = ReadonlyMap<string, VolumeEntry>;

/** What the tree is before the first step, and after each, by the rules alone. */
const treesOf = async (steps: readonly Step[]): Promise<Tree[]> => {
  const trees: Tree[] = [new Map()];
  for (const { parts } of steps) {
    const tree = new Map(trees.at(-1));
    const changes = parts.flat();
    const draft = await loadDraft(
      {
        entries: async (paths) => paths.flatMap((path) => tree.get(path) ?? []),
        below: async (above) => [...tree.values()].filter(({ path }) => isBelow(path, above)),
      },
      changes,
    );
    changeTree(draft, changes, AT);
    for (const [path, entry] of draft.changed())
      if (entry) tree.set(path, entry);
      else tree.delete(path);
    trees.push(tree);
  }
  return trees;
};

type VolumeKey = Readonly<{ workspaceId: string; volumeId: string }>;

const entriesOf = async (volume: VolumeKey): Promise<VolumeEntry[]> => {
  const entries: VolumeEntry[] = [];
  let after: string | undefined;
  do {
    const page = await store.volumeTrees.read({
      ...volume,
      limit: 3,
      ...(after === undefined ? {} : { after }),
    });
    entries.push(...page.entries);
    after = page.next;
  } while (after !== undefined);
  return entries;
};

const inOrder = (tree: Tree): VolumeEntry[] =>
  [...tree.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));

const isSame = (a: readonly VolumeEntry[], b: readonly VolumeEntry[]): boolean => {
  const text = (entries: readonly VolumeEntry[]): string =>
    JSON.stringify(entries.map((entry) => Object.entries(entry).toSorted(([x], [y]) => (x < y ? -1 : 1))));
  return text(a) === text(b);
};

/** Whether each block that the tree names is there, byte for byte. */
const isReadable = async (entries: readonly VolumeEntry[]): Promise<boolean> => {
  for (const entry of entries)
    for (const digest of entry.kind === 'file' ? entry.blocks : []) {
      if (digest === ZERO_BLOCK) continue;
      const hash = createHash('sha256');
      for await (const piece of (await store.shelf.read(digest)) ?? []) hash.update(piece);
      if (hash.digest('hex') !== digest) return false;
    }
  return true;
};

/** What is wrong after a writer died, if anything. */
const tryWith = async (seed: number): Promise<string | undefined> => {
  const volume = { workspaceId: `ws-${seed}`, volumeId: `vo-${seed}` };
  await store.volumes.open({ ...volume, environment: 'main', name: 'v', how: 'create', createdBy: 'spec' });
  const steps = workloadOf(seed);
  const trees = await treesOf(steps);
  const chance = new Chance(seed + 1_000_000);
  const databaseDies = seed % DATABASE_DIES_EVERY === 0;
  const killAfter = chance.between(0, STEPS - 1);
  const delayMs = chance.next() * 12;
  const writer = startWriter(
    [postgres.databaseUrl, folder, volume.workspaceId, volume.volumeId, String(seed)],
    (lines) => {
      if (lines === killAfter)
        setTimeout(() => (databaseDies ? void killDatabase(opened) : writer.kill()), delayMs);
    },
  );
  const trouble = await writer.ended;
  if (trouble !== '') return trouble;
  const acknowledged = writer.acknowledged.length;
  if (databaseDies && acknowledged < STEPS) return `only ${acknowledged} of ${STEPS} commits came through`;
  const found = await entriesOf(volume);
  const fits = [trees[acknowledged], trees[acknowledged + 1]].some(
    (tree) => tree !== undefined && isSame(inOrder(tree), found),
  );
  if (!fits) return `after ${acknowledged} acknowledged commits there is ${JSON.stringify(found)}`;
  if (!(await isReadable(found))) return 'a block that the tree names is not whole';
  // Another writer does all of it again: what was committed before is not done twice.
  const versions: number[] = [];
  for (const step of steps) versions.push(await carryOut(store, volume, step));
  if (!isSame(inOrder(trees.at(-1)!), await entriesOf(volume))) return 'done again, it ends otherwise';
  return writer.acknowledged.every((version, index) => version === versions[index])
    ? undefined
    : `versions ${versions.join()} differ from those acknowledged, ${writer.acknowledged.join()}`;
};

describe('volumes when a process is killed', () => {
  test('what was acknowledged is there, nothing is half-written, and doing it again does it once', async () => {
    const failed: string[] = [];
    const waiting = [...seeds];
    const work = async (): Promise<void> => {
      for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
        const wrong = await tryWith(seed);
        if (wrong !== undefined) failed.push(`SEED=${seed}: ${wrong}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(failed).toEqual([]);
  }, 1_200_000);
});

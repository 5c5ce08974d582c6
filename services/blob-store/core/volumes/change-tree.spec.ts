import type { VolumeChange, VolumeEntry } from '@slipway/contracts';
import { isRefusal } from '@slipway/kernel';
import fc from 'fast-check';
import { changeTree } from './change-tree.js';
import { loadDraft, type TreeReader } from './load-draft.js';
import { foldersAbove, isBelow, parentOf } from './volume-path.js';

const AT = 1_000;

type Tree = ReadonlyMap<string, VolumeEntry>;

const file = (path: string, mtimeMs = 1): VolumeEntry => ({
  path,
  kind: 'file',
  mode: 0o644,
  mtimeMs,
  sizeBytes: 1,
  blocks: ['a'.repeat(64)],
});
const folder = (path: string): VolumeEntry => ({ path, kind: 'directory', mode: 0o700, mtimeMs: 1 });
const treeOf = (...entries: VolumeEntry[]): Tree => new Map(entries.map((entry) => [entry.path, entry]));

const readerOf = (tree: Tree): TreeReader => ({
  entries: async (paths) => paths.flatMap((path) => tree.get(path) ?? []),
  below: async (above) => [...tree.values()].filter(({ path }) => isBelow(path, above)),
});

const commit = async (tree: Tree, ...changes: VolumeChange[]): Promise<Tree> => {
  const draft = await loadDraft(readerOf(tree), changes);
  const refusal = changeTree(draft, changes, AT);
  if (refusal) throw new Error(refusal.message);
  const after = new Map(tree);
  for (const [path, entry] of draft.changed())
    if (entry) after.set(path, entry);
    else after.delete(path);
  return after;
};

const pathsOf = (tree: Tree): string[] => [...tree.keys()].toSorted();

describe('a commit', () => {
  test('makes the folders above what it puts', async () => {
    const tree = await commit(treeOf(), { put: file('a/b/c') });
    expect(pathsOf(tree)).toEqual(['a', 'a/b', 'a/b/c']);
    expect(tree.get('a')).toEqual({ path: 'a', kind: 'directory', mode: 0o755, mtimeMs: AT });
  });
  test('replaces a file by a later one, and a folder by a file with all that was in it', async () => {
    const tree = treeOf(file('a'), folder('b'), file('b/c'));
    const after = await commit(tree, { put: file('a', 2) }, { put: file('b') });
    expect([after.get('a')?.mtimeMs, pathsOf(after)]).toEqual([2, ['a', 'b']]);
  });
  test('turns a file into a folder when something is put below it', async () => {
    expect(pathsOf(await commit(treeOf(file('a')), { put: file('a/b') }))).toEqual(['a', 'a/b']);
  });
  test('keeps what is in a folder that is put again', async () => {
    const after = await commit(treeOf(folder('a'), file('a/b')), {
      put: { ...folder('a'), mode: 0o500 } as VolumeEntry,
    });
    expect([after.get('a')?.mode, after.has('a/b')]).toEqual([0o500, true]);
  });
  test('removes a folder only when nothing of others is left in it', async () => {
    const tree = treeOf(folder('a'), file('a/mine'), file('a/theirs'));
    expect(pathsOf(await commit(tree, { remove: 'a/mine' }, { remove: 'a' }))).toEqual(['a', 'a/theirs']);
    const all: VolumeChange[] = [{ remove: 'a/mine' }, { remove: 'a/theirs' }, { remove: 'a' }];
    expect(pathsOf(await commit(tree, ...all))).toEqual([]);
  });
  test('moves a folder with all that is in it, and keeps what the target has besides', async () => {
    const tree = treeOf(folder('a'), file('a/x', 5), folder('b'), file('b/x'), file('b/y'));
    const after = await commit(tree, { rename: { from: 'a', to: 'b' } });
    expect([pathsOf(after), after.get('b/x')?.mtimeMs]).toEqual([['b', 'b/x', 'b/y'], 5]);
  });
  test('moves twice, and puts and removes below what it moved', async () => {
    const after = await commit(
      treeOf(folder('a'), file('a/x'), file('a/z')),
      { rename: { from: 'a', to: 'b' } },
      { put: file('b/y') },
      { remove: 'b/z' },
      { rename: { from: 'b', to: 'c/d' } },
    );
    expect(pathsOf(after)).toEqual(['c', 'c/d', 'c/d/x', 'c/d/y']);
  });
  test('of what others removed before does nothing', async () => {
    const changes: VolumeChange[] = [{ remove: 'a' }, { rename: { from: 'b', to: 'c' } }];
    expect(pathsOf(await commit(treeOf(file('x')), ...changes))).toEqual(['x']);
  });
  test('cannot move a folder into itself', async () => {
    const draft = await loadDraft(readerOf(treeOf(folder('a'))), []);
    expect(isRefusal(changeTree(draft, [{ rename: { from: 'a', to: 'a/b' } }], AT))).toBe(true);
  });
  test('that changes nothing is no change', async () => {
    const changes: VolumeChange[] = [{ put: file('a') }];
    const draft = await loadDraft(readerOf(treeOf(file('a'))), changes);
    changeTree(draft, changes, AT);
    expect(draft.changed().size).toBe(0);
  });
});

const path = fc
  .array(fc.constantFrom('a', 'b', 'a0', 'a.'), { minLength: 1, maxLength: 3 })
  .map((names) => names.join('/'));
const change: fc.Arbitrary<VolumeChange> = fc.oneof(
  fc.tuple(path, fc.nat(9)).map(([where, mtimeMs]) => ({ put: file(where, mtimeMs) })),
  path.map((where) => ({ put: folder(where) })),
  path.map((remove) => ({ remove })),
  fc
    .tuple(path, path)
    .filter(([from, to]) => !isBelow(to, from))
    .map(([from, to]) => ({ rename: { from, to } })),
);
const changes = fc.array(change, { maxLength: 12 });

describe('whatever is committed', () => {
  test('each entry lies in folders, and the last file that was put is there as it was put', async () => {
    await fc.assert(
      fc.asyncProperty(
        changes,
        changes,
        fc.tuple(path, fc.nat(9)),
        async (before, then, [where, mtimeMs]) => {
          const put = file(where, mtimeMs);
          const tree = await commit(await commit(treeOf(), ...before), ...then, { put });
          for (const { path: there } of tree.values())
            for (const above of foldersAbove(there)) expect(tree.get(above)?.kind).toBe('directory');
          expect(tree.get(where)).toEqual(put);
        },
      ),
    );
  });
  test('one commit of many changes does what a commit for each would do', async () => {
    await fc.assert(
      fc.asyncProperty(changes, changes, async (before, then) => {
        const start = await commit(treeOf(), ...before);
        let steps = start;
        for (const one of then) steps = await commit(steps, one);
        expect(await commit(start, ...then)).toEqual(steps);
      }),
    );
  });
  test('a removal takes nothing away but its own path', async () => {
    await fc.assert(
      fc.asyncProperty(changes, path, async (before, where) => {
        const start = await commit(treeOf(), ...before);
        const after = await commit(start, { remove: where });
        const gone = pathsOf(start).filter((there) => !after.has(there));
        expect(gone.every((there) => there === where)).toBe(true);
        expect([...start.keys()].some((there) => parentOf(there) === where) && gone.length > 0).toBe(false);
      }),
    );
  });
});

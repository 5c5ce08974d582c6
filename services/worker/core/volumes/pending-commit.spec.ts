import { VOLUME_BLOCK_BYTES, type VolumeEntry } from '@slipway/contracts';
import { applyListing } from './apply-listing.js';
import type { FreedRun } from './extents.js';
import type { PlannedBlock } from './file-content.js';
import { PendingCommit } from './pending-commit.js';
import type { DirectoryNode, FileNode } from './tree-node.js';
import { VolumeTree } from './volume-tree.js';

const file = (path: string, digest: string): VolumeEntry => ({
  path,
  kind: 'file',
  mode: 0o644,
  mtimeMs: 1,
  sizeBytes: 10,
  blocks: [digest],
});
const folder = (path: string): VolumeEntry => ({ path, kind: 'directory', mode: 0o755, mtimeMs: 1 });

const treeOf = (...entries: VolumeEntry[]): VolumeTree => {
  const tree = new VolumeTree(0, () => undefined);
  applyListing(tree, { full: true, entries, removed: [] });
  return tree;
};
const newFile = { kind: 'file', mode: 0o644, mtimeMs: 2 } as const;
const putPaths = (commit: PendingCommit): readonly string[] => commit.plan.puts.map(({ path }) => path);
const write = (tree: VolumeTree, path: string): void => {
  const node = tree.find(path) as FileNode;
  node.content.write(0, 5, () => 0);
  tree.change(node);
};

test('a tree as it was read has nothing to commit', () => {
  expect(new PendingCommit(treeOf(folder('d'), file('d/f', 'a'))).isEmpty).toBe(true);
});

test('a folder that moves is removed where it was, with all in it, and put where it is', () => {
  const tree = treeOf(folder('d'), file('d/f', 'a'));
  tree.move(tree.find('d')!, tree.root, 'e');
  const commit = new PendingCommit(tree);
  expect(commit.plan.removed).toEqual(['d/f', 'd']);
  expect(putPaths(commit)).toEqual(['e', 'e/f']);
});

test('what came and went between two commits is no part of one', () => {
  const tree = treeOf();
  tree.unlink(tree.make(tree.root, 'temporary', newFile));
  expect(new PendingCommit(tree).isEmpty).toBe(true);
});

test('a file that is written to while its commit is on its way is committed again', () => {
  const tree = treeOf(file('f', 'a'));
  write(tree, 'f');
  const first = new PendingCommit(tree);
  write(tree, 'f');
  first.settle({ blocks: new Map([['f', ['b']]]) });
  expect(putPaths(new PendingCommit(tree))).toEqual(['f']);
});

test('of a file that is written to without an end each commit sends what is new since the one before', () => {
  const released: FreedRun[] = [];
  const tree = new VolumeTree(0, (runs) => released.push(...runs));
  const node = tree.make(tree.root, 'f', newFile) as FileNode;
  let end = 0;
  const append = (): void => {
    node.content.write(end, VOLUME_BLOCK_BYTES, () => end);
    tree.change(node);
    end += VOLUME_BLOCK_BYTES;
  };
  append();
  for (const round of [1, 2, 3]) {
    const commit = new PendingCommit(tree);
    append();
    const [put] = commit.plan.puts as readonly { blocks: readonly PlannedBlock[] }[];
    expect(put!.blocks.filter((block) => typeof block !== 'string')).toHaveLength(1);
    commit.settle({ blocks: new Map([['f', Array.from({ length: round }, (_, index) => `${index}`)]]) });
    expect(released).toHaveLength(round);
    expect(node.content.stagedBytes).toBe(VOLUME_BLOCK_BYTES);
  }
});

test('a file that moved while its commit was on its way is put where it is now, with the blocks that are made', () => {
  const tree = treeOf();
  const node = tree.make(tree.root, 'f', newFile) as FileNode;
  node.content.write(0, 5, () => 0);
  const first = new PendingCommit(tree);
  tree.move(node, tree.root, 'g');
  first.settle({ blocks: new Map([['f', ['b']]]) });
  const next = new PendingCommit(tree);
  expect(next.plan.removed).toEqual(['f']);
  expect(next.plan.puts).toMatchObject([{ path: 'g', sizeBytes: 5, blocks: ['b'] }]);
});

test('a new file that is removed while its commit is on its way is removed by the next', () => {
  const tree = treeOf();
  const node = tree.make(tree.root, 'f', newFile);
  const first = new PendingCommit(tree);
  tree.unlink(node);
  first.settle({ blocks: new Map([['f', []]]) });
  expect(new PendingCommit(tree).plan.removed).toEqual(['f']);
});

test('a commit that failed is part of the next', () => {
  const tree = treeOf(file('gone', 'a'), file('f', 'a'));
  tree.unlink(tree.find('gone')!);
  write(tree, 'f');
  new PendingCommit(tree).settle('failed');
  const next = new PendingCommit(tree);
  expect([next.plan.removed, putPaths(next)]).toEqual([['gone'], ['f']]);
});

test('a file that was left out of a commit is part of the next; the rest is done with', () => {
  const tree = treeOf(file('f', 'a'), file('g', 'a'));
  write(tree, 'f');
  write(tree, 'g');
  const first = new PendingCommit(tree);
  first.settle({ blocks: new Map([['g', ['b']]]) });
  const next = new PendingCommit(tree);
  expect([next.plan.removed, putPaths(next)]).toEqual([[], ['f']]);
  expect((tree.find('f') as FileNode).content.stagedBytes).toBe(5);
});

test('a new file that was left out and then moved is nowhere to be removed', () => {
  const tree = treeOf();
  const node = tree.make(tree.root, 'f', newFile);
  new PendingCommit(tree).settle({ blocks: new Map() });
  tree.move(node, tree.root, 'g');
  const next = new PendingCommit(tree);
  expect([next.plan.removed, putPaths(next)]).toEqual([[], ['g']]);
});

test('a listing leaves what is only here, and what was removed here', () => {
  const tree = treeOf(folder('d'), file('d/f', 'a'), file('g', 'a'), file('h', 'a'));
  write(tree, 'g');
  tree.unlink(tree.find('h')!);
  tree.make(tree.find('d') as DirectoryNode, 'new', newFile);
  applyListing(tree, { full: false, entries: [file('g', 'z'), file('h', 'z')], removed: ['d', 'd/f'] });
  expect(tree.find('d/f')).toBeUndefined();
  expect(tree.find('d/new')).toBeDefined();
  expect(tree.find('h')).toBeUndefined();
  const next = new PendingCommit(tree);
  expect([next.plan.removed, putPaths(next)]).toEqual([['h'], ['d', 'd/new', 'g']]);
});

test('the kernel forgets the names and the content that changed, of nodes that it knows', () => {
  const tree = treeOf(file('known', 'a'), file('unknown', 'a'), file('gone', 'a'));
  tree.find('known')!.lookups = 1;
  const forgotten = applyListing(tree, {
    full: false,
    entries: [file('known', 'b'), file('new', 'b'), file('unknown', 'b')],
    removed: ['gone'],
  });
  const { id } = tree.find('known')!;
  expect(forgotten).toEqual(
    expect.arrayContaining([
      { kind: 'content', node: id },
      { kind: 'content', node: 1 },
      { kind: 'entry', parent: 1, name: 'new' },
      { kind: 'entry', parent: 1, name: 'gone' },
    ]),
  );
  expect(forgotten).toHaveLength(4);
});

import { longestPathBytes } from './path-bytes.js';
import { VolumeTree } from './volume-tree.js';
import type { DirectoryNode } from './tree-node.js';

const folder = { kind: 'directory', mode: 0o755, mtimeMs: 1 } as const;

test('a path is as long as its names in UTF-8 with slashes between; a folder counts by the longest below it', () => {
  const tree = new VolumeTree(0, () => undefined);
  const made = (parent: DirectoryNode, name: string) => tree.make(parent, name, folder) as DirectoryNode;
  const a = made(tree.root, 'a');
  const wide = made(a, 'äö');
  made(a, 'b');
  made(wide, 'c');
  expect(longestPathBytes(tree.root, 'x')).toBe('x'.length);
  expect(longestPathBytes(wide, 'x')).toBe(Buffer.byteLength('a/äö/x'));
  expect(longestPathBytes(wide, 'x', a)).toBe(Buffer.byteLength('a/äö/x/äö/c'));
  expect(longestPathBytes(tree.root, 'x', made(a, 'empty'))).toBe('x'.length);
});

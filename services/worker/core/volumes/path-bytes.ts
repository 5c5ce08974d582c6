import { utf8Bytes } from '@slipway/contracts';
import type { DirectoryNode, TreeNode } from './tree-node.js';

/** How long the path of an entry of this name is, from the root. */
const pathBytes = (parent: DirectoryNode, name: string): number => {
  let bytes = utf8Bytes(name);
  for (let at = parent; at.parent !== undefined; at = at.parent) bytes += utf8Bytes(at.name) + 1;
  return bytes;
};

/** How much longer the longest path below a node is than its own. */
const bytesBelow = (node: TreeNode): number => {
  if (node.kind !== 'directory') return 0;
  let most = 0;
  for (const [name, entry] of node.entries)
    most = Math.max(most, 1 + utf8Bytes(name) + bytesBelow(entry.node));
  return most;
};

/** How long the longest path is when a node, with all below it, has this place; without one: the place itself. */
export const longestPathBytes = (parent: DirectoryNode, name: string, node?: TreeNode): number =>
  pathBytes(parent, name) + (node === undefined ? 0 : bytesBelow(node));

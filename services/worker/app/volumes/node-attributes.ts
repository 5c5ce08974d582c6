import type { TreeNode } from '@slipway/worker-core';
import type { NodeAttributes } from '../fuse/file-system.js';

/** The unit in which the kernel counts a file system's room, and the size of a folder. */
export const BLOCK_BYTES = 4096;

/** The attributes of a node that the kernel now knows by one lookup more. */
export const lookedUp = (node: TreeNode): NodeAttributes => {
  node.lookups += 1;
  return attributesOf(node);
};

const sizeOf = (node: TreeNode): number =>
  node.kind === 'file'
    ? node.content.sizeBytes
    : node.kind === 'symlink'
      ? Buffer.byteLength(node.target)
      : BLOCK_BYTES;

/** What the kernel is told of a node. */
export const attributesOf = (node: TreeNode): NodeAttributes => ({
  node: node.id,
  kind: node.kind,
  sizeBytes: sizeOf(node),
  mode: node.mode,
  links: node.kind === 'directory' ? 2 : node.parent === undefined ? 0 : 1,
  uid: node.uid,
  gid: node.gid,
  mtimeMs: node.mtimeMs,
  ctimeMs: node.ctimeMs,
});

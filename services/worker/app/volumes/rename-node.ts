import { longestPathBytes, type DirectoryNode, type TreeNode, type VolumeTree } from '@slipway/worker-core';
import type { RenameRule } from '../fuse/file-system.js';
import { FUSE_ERRORS } from '../fuse/fuse-error.js';

export type RenameHow = Readonly<{ rule: RenameRule; mostPathBytes: number }>;
type Target = Readonly<{ parent: DirectoryNode; name: string }>;

/** No program can give a file this name. */
const BETWEEN = '/';

/** rename(2) and renameat2(2); that a folder does not move into itself is the kernel's care. */
export const renameNode = (
  tree: VolumeTree,
  node: TreeNode,
  to: Target,
  { rule, mostPathBytes }: RenameHow,
): void => {
  const existing = to.parent.entries.get(to.name)?.node;
  if (existing === node) return;
  const from: Target = { parent: node.parent!, name: node.name };
  const requireShort = (moved: TreeNode, { parent, name }: Target): void => {
    if (longestPathBytes(parent, name, moved) > mostPathBytes) throw FUSE_ERRORS.nameTooLong;
  };
  requireShort(node, to);
  if (rule === 'exchange' && existing !== undefined) requireShort(existing, from);
  from.parent.mtimeMs = Date.now();
  to.parent.mtimeMs = from.parent.mtimeMs;
  if (rule === 'exchange') {
    if (existing === undefined) throw FUSE_ERRORS.noEntry;
    tree.move(node, to.parent, BETWEEN);
    tree.move(existing, from.parent, from.name);
    tree.move(node, to.parent, to.name);
    return;
  }
  if (existing !== undefined) {
    if (rule === 'keep-target') throw FUSE_ERRORS.exists;
    if (existing.kind === 'directory') {
      if (node.kind !== 'directory') throw FUSE_ERRORS.isDirectory;
      if (existing.entries.size > 0) throw FUSE_ERRORS.notEmpty;
    } else if (node.kind === 'directory') throw FUSE_ERRORS.notDirectory;
    tree.unlink(existing);
  }
  tree.move(node, to.parent, to.name);
};

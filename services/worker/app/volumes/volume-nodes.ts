import type { DirectoryNode, FileNode, TreeNode, VolumeTree } from '@slipway/worker-core';
import type { Place } from '../fuse/file-system.js';
import { FUSE_ERRORS } from '../fuse/fuse-error.js';

/** Nodes of a volume's tree by the ids that the kernel has of them; what is not there, or is of another kind, is its error. */
export class VolumeNodes {
  constructor(private readonly tree: VolumeTree) {}

  node(id: number): TreeNode {
    const node = this.tree.node(id);
    if (node === undefined) throw FUSE_ERRORS.stale;
    return node;
  }

  file(id: number): FileNode {
    const node = this.node(id);
    if (node.kind === 'directory') throw FUSE_ERRORS.isDirectory;
    if (node.kind !== 'file') throw FUSE_ERRORS.invalid;
    return node;
  }

  directory(id: number): DirectoryNode {
    const node = this.node(id);
    if (node.kind !== 'directory') throw FUSE_ERRORS.notDirectory;
    return node;
  }

  /** A folder that can take something in: not one that was removed and is still some program's working directory. */
  living(id: number): DirectoryNode {
    const directory = this.directory(id);
    if (directory.parent === undefined && directory !== this.tree.root) throw FUSE_ERRORS.noEntry;
    return directory;
  }

  entry({ parent, name }: Place): TreeNode {
    const found = this.directory(parent).entries.get(name);
    if (found === undefined) throw FUSE_ERRORS.noEntry;
    return found.node;
  }
}

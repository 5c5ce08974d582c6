import type { FreedRun } from './extents.js';
import { makeNode, type DirectoryNode, type NewTreeNode, type TreeNode } from './tree-node.js';

const ROOT_ID = 1;
const ROOT_MODE = 0o755;

/**
 * The files of one mounted volume: what was read of it, with what was changed here since. It holds what has to be committed:
 * `changed` nodes, and the `removed` paths of which the volume knows.
 */
export class VolumeTree {
  readonly root: DirectoryNode;
  readonly changed = new Set<TreeNode>();
  readonly removed = new Set<string>();
  private readonly nodes = new Map<number, TreeNode>();
  private lastId = ROOT_ID;

  /** `release` hears of runs of the staging log that no file needs any more. */
  constructor(
    mountedAtMs: number,
    readonly release: (runs: readonly FreedRun[]) => void,
  ) {
    this.root = makeNode(ROOT_ID, {
      kind: 'directory',
      mode: ROOT_MODE,
      mtimeMs: mountedAtMs,
    }) as DirectoryNode;
    this.root.known = 'published';
    this.nodes.set(ROOT_ID, this.root);
  }

  get size(): number {
    return this.nodes.size;
  }

  node(id: number): TreeNode | undefined {
    return this.nodes.get(id);
  }

  find(path: string): TreeNode | undefined {
    let node: TreeNode | undefined = this.root;
    for (const name of path.split('/')) {
      if (node?.kind !== 'directory') return undefined;
      node = node.entries.get(name)?.node;
    }
    return node;
  }

  /** None when the node, or a folder above it, is unlinked. */
  pathOf(node: TreeNode): string | undefined {
    const names: string[] = [];
    let at: TreeNode = node;
    while (at !== this.root) {
      names.push(at.name);
      if (at.parent === undefined) return undefined;
      at = at.parent;
    }
    return names.reverse().join('/');
  }

  /** A new node at a free place, that the next commit puts there. */
  make(parent: DirectoryNode, name: string, how: NewTreeNode): TreeNode {
    const node = this.insert(parent, name, how);
    this.changed.add(node);
    return node;
  }

  /** A new node at a free place, which the volume has already. */
  insert(parent: DirectoryNode, name: string, how: NewTreeNode): TreeNode {
    const node = makeNode((this.lastId += 1), how);
    this.nodes.set(node.id, node);
    this.attach(node, parent, name);
    return node;
  }

  /** Its content or attributes are not what they were. */
  change(node: TreeNode): void {
    if (node !== this.root) this.changed.add(node);
  }

  /** Takes a node away as a program does: the next commit removes it from the volume. */
  unlink(node: TreeNode): void {
    if (node.known === 'published') this.removed.add(this.pathOf(node)!);
    this.detach(node);
  }

  /** Takes a node away because the volume no longer has it. */
  detach(node: TreeNode): void {
    node.parent?.entries.delete(node.name);
    node.parent = undefined;
    this.changed.delete(node);
    this.drop(node);
  }

  /** Moves a node, with all below it, to a free place. */
  move(node: TreeNode, parent: DirectoryNode, name: string): void {
    this.forgetPlaces(node, this.pathOf(node)!);
    node.parent!.entries.delete(node.name);
    this.attach(node, parent, name);
  }

  forget(id: number, times: number): void {
    const node = this.nodes.get(id);
    if (node === undefined) return;
    node.lookups = Math.max(0, node.lookups - times);
    this.drop(node);
  }

  *below(directory: DirectoryNode): Iterable<TreeNode> {
    for (const { node } of directory.entries.values()) {
      yield node;
      if (node.kind === 'directory') yield* this.below(node);
    }
  }

  private attach(node: TreeNode, parent: DirectoryNode, name: string): void {
    parent.lastCookie += 1;
    parent.entries.set(name, { node, cookie: parent.lastCookie });
    node.parent = parent;
    node.name = name;
  }

  /** The volume has it elsewhere: what it knows there is to be removed, and all of it to be put anew. */
  private forgetPlaces(node: TreeNode, path: string): void {
    if (node.known === 'published') this.removed.add(path);
    node.known = 'local';
    this.changed.add(node);
    if (node.kind === 'directory')
      for (const [name, entry] of node.entries) this.forgetPlaces(entry.node, `${path}/${name}`);
  }

  /** A node that was unlinked lives on until the kernel has forgotten it: a program may have it open. */
  private drop(node: TreeNode): void {
    if (node === this.root || node.parent !== undefined || node.lookups > 0) return;
    if (this.nodes.delete(node.id) && node.kind === 'file') this.release(node.content.resize(0));
  }
}

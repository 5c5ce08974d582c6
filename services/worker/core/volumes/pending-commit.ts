import type { Digest, VolumeEntry } from '@slipway/contracts';
import type { PlannedBlock } from './file-content.js';
import type { TreeNode } from './tree-node.js';
import type { VolumeTree } from './volume-tree.js';

type Planned<Entry> = Entry extends { kind: 'file' }
  ? Omit<Entry, 'blocks'> & Readonly<{ blocks: readonly PlannedBlock[] }>
  : Entry;

/** What a commit puts: an entry whose blocks may still have to be made. */
export type PlannedEntry = Planned<VolumeEntry>;

export type CommitPlan = Readonly<{
  /** Children before their folders. */
  removed: readonly string[];
  /** Folders before what is in them. */
  puts: readonly PlannedEntry[];
}>;

/** A planned file without blocks was left out: it could not be committed, and stays as it is here. */
export type CommitResult = 'failed' | Readonly<{ blocks: ReadonlyMap<string, readonly Digest[]> }>;

type Sent = Readonly<{ node: TreeNode; path: string }>;

/** One commit on its way: what it holds of a tree, while programs go on changing that. */
export class PendingCommit {
  readonly plan: CommitPlan;
  private readonly sent: readonly Sent[];
  private readonly removed: readonly string[];

  constructor(private readonly tree: VolumeTree) {
    this.removed = [...tree.removed];
    this.sent = [...tree.changed]
      .flatMap((node) => {
        const path = tree.pathOf(node);
        return path === undefined ? [] : [{ node, path }];
      })
      .toSorted((a, b) => (a.path < b.path ? -1 : 1));
    tree.removed.clear();
    tree.changed.clear();
    this.plan = {
      removed: this.removed
        .filter((path) => tree.find(path) === undefined)
        .toSorted((a, b) => (a < b ? 1 : -1)),
      puts: this.sent.map(({ node, path }) => plannedEntry(node, path)),
    };
  }

  get isEmpty(): boolean {
    return this.plan.removed.length === 0 && this.plan.puts.length === 0;
  }

  /** Takes over what became of the commit; what changed since is left for the next. */
  settle(result: CommitResult): void {
    const { tree } = this;
    if (result === 'failed') {
      for (const path of this.removed) tree.removed.add(path);
      for (const { node } of this.sent) {
        if (node.kind === 'file') node.content.endCommit(undefined);
        this.putBack(node);
      }
      return;
    }
    for (const { node, path } of this.sent) {
      const blocks = node.kind === 'file' ? result.blocks.get(path) : [];
      if (node.kind === 'file') tree.release(node.content.endCommit(blocks));
      if (blocks === undefined) {
        this.putBack(node);
        continue;
      }
      if (tree.pathOf(node) === path) node.known = 'published';
      else tree.removed.add(path);
    }
  }

  private putBack(node: TreeNode): void {
    if (this.tree.pathOf(node) !== undefined) this.tree.changed.add(node);
  }
}

const plannedEntry = (node: TreeNode, path: string): PlannedEntry => {
  const named = { path, mode: node.mode, mtimeMs: Math.floor(node.mtimeMs) };
  switch (node.kind) {
    case 'file':
      return {
        ...named,
        kind: 'file',
        sizeBytes: node.content.sizeBytes,
        blocks: node.content.beginCommit(),
      };
    case 'directory':
      return { ...named, kind: 'directory' };
    case 'symlink':
      return { ...named, kind: 'symlink', target: node.target };
    default:
      return node satisfies never;
  }
};

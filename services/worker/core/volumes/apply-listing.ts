import type { VolumeEntry } from '@slipway/contracts';
import { FileContent } from './file-content.js';
import type { DirectoryNode, NewTreeNode, TreeNode } from './tree-node.js';
import type { VolumeTree } from './volume-tree.js';

/** What a volume has that a tree does not know yet; `full`: what is not in it is not there any more. */
export type VolumeChanges = Readonly<{
  full: boolean;
  /** Folders before what is in them. */
  entries: readonly VolumeEntry[];
  removed: readonly string[];
}>;

/** What the kernel remembers of the tree and must ask for anew. */
export type Forgotten =
  Readonly<{ kind: 'content'; node: number }> | Readonly<{ kind: 'entry'; parent: number; name: string }>;

const IMPLIED_DIRECTORY_MODE = 0o755;

/** Brings a tree to what the volume is now. What was changed here and is not committed stays as it is here. */
export const applyListing = (tree: VolumeTree, changes: VolumeChanges): readonly Forgotten[] => {
  const application = new Application(tree);
  const gone = changes.full ? unlisted(tree, changes.entries) : changes.removed;
  for (const path of gone.toSorted((a, b) => (a < b ? 1 : -1))) application.remove(path);
  for (const entry of changes.entries) application.put(entry);
  return [...application.forgotten.values()];
};

const unlisted = (tree: VolumeTree, entries: readonly VolumeEntry[]): readonly string[] => {
  const listed = new Set(entries.map(({ path }) => path));
  return [...tree.below(tree.root)]
    .filter(({ known }) => known === 'published')
    .map((node) => tree.pathOf(node)!)
    .filter((path) => !listed.has(path));
};

class Application {
  readonly forgotten = new Map<string, Forgotten>();

  constructor(private readonly tree: VolumeTree) {}

  remove(path: string): void {
    const { tree } = this;
    const node = tree.find(path);
    if (node === undefined || node.known === 'local') return;
    if (tree.changed.has(node) || (node.kind === 'directory' && node.entries.size > 0)) {
      // It has something in it that is only here: the next commit puts it back.
      node.known = 'local';
      tree.changed.add(node);
      return;
    }
    this.forgetEntry(node.parent!, node.name);
    tree.detach(node);
  }

  put(entry: VolumeEntry): void {
    const { tree } = this;
    if (tree.removed.has(entry.path)) return;
    const place = this.placeOf(entry);
    if (place === undefined) return;
    const { parent, name } = place;
    const existing = parent.entries.get(name)?.node;
    if (existing !== undefined && existing.kind !== entry.kind) {
      if (tree.changed.has(existing) || (existing.kind === 'directory' && existing.entries.size > 0)) return;
      tree.detach(existing);
    } else if (existing !== undefined) {
      existing.known = 'published';
      if (!tree.changed.has(existing)) this.update(existing, entry);
      return;
    }
    tree.insert(parent, name, newNode(entry)).known = 'published';
    this.forgetEntry(parent, name);
  }

  /** The folder for an entry, made with those above it where the listing implies them; none where something here is in the way. */
  private placeOf({ path, mtimeMs }: VolumeEntry): { parent: DirectoryNode; name: string } | undefined {
    const names = path.split('/');
    const name = names.pop()!;
    let parent = this.tree.root;
    for (const part of names) {
      let node = parent.entries.get(part)?.node;
      if (node === undefined) {
        node = this.tree.insert(parent, part, { kind: 'directory', mode: IMPLIED_DIRECTORY_MODE, mtimeMs });
        node.known = 'published';
        this.forgetEntry(parent, part);
      }
      if (node.kind !== 'directory') return undefined;
      parent = node;
    }
    return { parent, name };
  }

  private update(node: TreeNode, entry: VolumeEntry): void {
    if (isSame(node, entry)) return;
    node.mode = entry.mode;
    node.mtimeMs = entry.mtimeMs;
    node.ctimeMs = entry.mtimeMs;
    if (node.kind === 'file' && entry.kind === 'file')
      this.tree.release(node.content.replace(entry.blocks, entry.sizeBytes));
    if (node.kind === 'symlink' && entry.kind === 'symlink') node.target = entry.target;
    this.forgetContent(node);
  }

  private forgetContent(node: TreeNode): void {
    if (node.lookups > 0 || node === this.tree.root)
      this.forgotten.set(`${node.id}`, { kind: 'content', node: node.id });
  }

  /** A name that is new or gone; the kernel keeps the listing of its folder, too. */
  private forgetEntry(parent: DirectoryNode, name: string): void {
    if (parent.lookups === 0 && parent !== this.tree.root) return;
    this.forgotten.set(`${parent.id}/${name}`, { kind: 'entry', parent: parent.id, name });
    this.forgetContent(parent);
  }
}

/** What this mount committed itself comes back with the next listing: the kernel need not forget it. */
const isSame = (node: TreeNode, entry: VolumeEntry): boolean => {
  if (node.mode !== entry.mode || Math.floor(node.mtimeMs) !== entry.mtimeMs) return false;
  if (node.kind === 'file' && entry.kind === 'file') return node.content.isStoredAs(entry);
  if (node.kind === 'symlink' && entry.kind === 'symlink') return node.target === entry.target;
  return true;
};

const newNode = (entry: VolumeEntry): NewTreeNode => {
  const { mode, mtimeMs } = entry;
  switch (entry.kind) {
    case 'file':
      return { kind: 'file', mode, mtimeMs, content: new FileContent(entry.blocks, entry.sizeBytes) };
    case 'directory':
      return { kind: 'directory', mode, mtimeMs };
    case 'symlink':
      return { kind: 'symlink', mode, mtimeMs, target: entry.target };
    default:
      return entry satisfies never;
  }
};

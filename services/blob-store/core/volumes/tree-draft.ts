import type { VolumeEntry } from '@slipway/contracts';
import { parentOf } from './volume-path.js';

/** What a commit makes of the entries that it touches; the others need not be known. */
export class TreeDraft {
  private readonly before = new Map<string, VolumeEntry>();
  private readonly entries = new Map<string, VolumeEntry>();
  private readonly names = new Map<string, Set<string>>();

  /** Adds entries as they are in the tree now. */
  load(entries: Iterable<VolumeEntry>): void {
    for (const entry of entries) {
      this.before.set(entry.path, entry);
      this.set(entry);
    }
  }

  get(path: string): VolumeEntry | undefined {
    return this.entries.get(path);
  }

  set(entry: VolumeEntry): void {
    this.entries.set(entry.path, entry);
    const parent = parentOf(entry.path);
    const siblings = this.names.get(parent);
    if (siblings) siblings.add(entry.path);
    else this.names.set(parent, new Set([entry.path]));
  }

  /** Takes away one entry; what is below it must be gone. */
  drop(path: string): void {
    this.entries.delete(path);
    this.names.get(parentOf(path))?.delete(path);
  }

  isEmpty(folder: string): boolean {
    return (this.names.get(folder)?.size ?? 0) === 0;
  }

  /** An entry and all below it, folders before what is in them. */
  subtree(path: string): VolumeEntry[] {
    const found: VolumeEntry[] = [];
    const waiting = [path];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const entry = this.entries.get(next);
      if (!entry) continue;
      found.push(entry);
      for (const name of this.names.get(next) ?? []) waiting.push(name);
    }
    return found;
  }

  dropSubtree(path: string): void {
    for (const entry of this.subtree(path).reverse()) this.drop(entry.path);
  }

  /** Whether the tree has had nothing of this path. */
  isNew(path: string): boolean {
    return !this.before.has(path);
  }

  /** What is other than in the tree: the entry, or undefined where it is gone. */
  changed(): ReadonlyMap<string, VolumeEntry | undefined> {
    const changed = new Map<string, VolumeEntry | undefined>();
    for (const path of this.before.keys()) if (!this.entries.has(path)) changed.set(path, undefined);
    for (const [path, entry] of this.entries) {
      const before = this.before.get(path);
      if (before === undefined || !isSame(before, entry)) changed.set(path, entry);
    }
    return changed;
  }
}

const isSame = (a: VolumeEntry, b: VolumeEntry): boolean => {
  if (a === b) return true;
  if (a.mode !== b.mode || a.mtimeMs !== b.mtimeMs) return false;
  if (a.kind === 'file')
    return (
      b.kind === 'file' &&
      a.sizeBytes === b.sizeBytes &&
      a.blocks.every((digest, index) => digest === b.blocks[index])
    );
  return a.kind === 'symlink' ? b.kind === 'symlink' && a.target === b.target : b.kind === 'directory';
};

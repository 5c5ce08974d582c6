import { MOST_VOLUME_FILE_BYTES } from '@slipway/contracts';
import { longestPathBytes, type Segment, type TreeNode, type VolumeTree } from '@slipway/worker-core';
import type {
  AttributeChanges,
  FileSystem,
  ListedEntry,
  NewNode,
  NodeAttributes,
  Place,
  ReadRange,
  RenameRule,
  Usage,
} from '../fuse/file-system.js';
import { FUSE_ERRORS } from '../fuse/fuse-error.js';
import type { BlockFiles } from './block-files.js';
import type { TakenSegment } from './fill-segments.js';
import { attributesOf, BLOCK_BYTES, lookedUp } from './node-attributes.js';
import type { ReadAhead } from './read-ahead.js';
import { renameNode } from './rename-node.js';
import type { SiblingsAhead } from './siblings-ahead.js';
import type { StagingLog } from './staging-log.js';
import { VolumeNodes } from './volume-nodes.js';

export type VolumeParts = Readonly<{
  tree: VolumeTree;
  /** How long a path may be that is new: what is longer could not be committed. */
  mostPathBytes: number;
  log: StagingLog;
  blocks: BlockFiles;
  ahead: ReadAhead;
  siblings: SiblingsAhead;
  /** A read needs blocks that are not here: whoever hears this replies to it. */
  miss: (request: number, segments: readonly TakenSegment[]) => void;
}>;

/** A volume's tree as the kernel asks for it. What is written goes to the staging log; stored blocks are read from the cache. */
export class VolumeFileSystem implements FileSystem {
  private readonly nodes: VolumeNodes;

  constructor(private readonly parts: VolumeParts) {
    this.nodes = new VolumeNodes(parts.tree);
  }

  lookup(parent: number, name: string): NodeAttributes | undefined {
    const entry = this.nodes.directory(parent).entries.get(name);
    return entry === undefined ? undefined : lookedUp(entry.node);
  }

  forget(node: number, times: number): void {
    this.parts.tree.forget(node, times);
  }

  attributes(node: number): NodeAttributes {
    return attributesOf(this.nodes.node(node));
  }

  setAttributes(id: number, changes: AttributeChanges): NodeAttributes {
    const node = this.nodes.node(id);
    const now = Date.now();
    if (changes.sizeBytes !== undefined) {
      const { content } = this.nodes.file(id);
      if (changes.sizeBytes > MOST_VOLUME_FILE_BYTES) throw FUSE_ERRORS.tooBig;
      this.parts.log.release(content.resize(changes.sizeBytes));
      node.mtimeMs = now;
    }
    if (changes.mode !== undefined) node.mode = changes.mode;
    if (changes.uid !== undefined) node.uid = changes.uid;
    if (changes.gid !== undefined) node.gid = changes.gid;
    if (changes.mtimeMs !== undefined) node.mtimeMs = changes.mtimeMs === 'now' ? now : changes.mtimeMs;
    node.ctimeMs = now;
    this.parts.tree.change(node);
    return attributesOf(node);
  }

  readLink(id: number): string {
    const node = this.nodes.node(id);
    if (node.kind !== 'symlink') throw FUSE_ERRORS.invalid;
    return node.target;
  }

  makeFile(place: Place, how: NewNode): NodeAttributes {
    return this.make(place, how, { kind: 'file' });
  }

  makeDirectory(place: Place, how: NewNode): NodeAttributes {
    return this.make(place, how, { kind: 'directory' });
  }

  makeSymlink(place: Place, target: string, how: NewNode): NodeAttributes {
    return this.make(place, how, { kind: 'symlink', target });
  }

  unlink(place: Place): void {
    const node = this.nodes.entry(place);
    if (node.kind === 'directory') throw FUSE_ERRORS.isDirectory;
    this.take(node);
  }

  removeDirectory(place: Place): void {
    const node = this.nodes.entry(place);
    if (node.kind !== 'directory') throw FUSE_ERRORS.notDirectory;
    if (node.entries.size > 0) throw FUSE_ERRORS.notEmpty;
    this.take(node);
  }

  rename(from: Place, to: Place, rule: RenameRule): void {
    renameNode(
      this.parts.tree,
      this.nodes.entry(from),
      { parent: this.nodes.living(to.parent), name: to.name },
      { rule, mostPathBytes: this.parts.mostPathBytes },
    );
  }

  *list(id: number, after: number): Iterable<ListedEntry> {
    for (const [name, { node, cookie }] of this.nodes.directory(id).entries)
      if (cookie > after) yield { name, cookie, attributes: attributesOf(node) };
  }

  listed(node: number): void {
    this.nodes.node(node).lookups += 1;
  }

  parentOf(node: number): number {
    return this.nodes.node(node).parent?.id ?? this.parts.tree.root.id;
  }

  read(id: number, { request, offset, sizeBytes }: ReadRange, into: Buffer): number | 'later' {
    const { blocks, log, ahead, siblings, miss } = this.parts;
    const node = this.nodes.file(id);
    const segments = node.content.read(offset, sizeBytes);
    ahead.saw(node, offset, sizeBytes);
    let at = 0;
    for (const segment of segments) {
      const part = into.subarray(at, at + segment.lengthBytes);
      at += segment.lengthBytes;
      if (segment.kind === 'zeros') part.fill(0);
      else if (segment.kind === 'staged') log.read(part, segment.at);
      else if (!blocks.read(segment.digest, segment.offset, part)) {
        miss(request, segments.map(this.taken));
        siblings.missed(node);
        return 'later';
      }
    }
    return at;
  }

  private readonly taken = (segment: Segment): TakenSegment => {
    if (segment.kind !== 'staged') return segment;
    // A buffer of its own: a message copies all that a shared one is part of.
    const bytes = Buffer.allocUnsafeSlow(segment.lengthBytes);
    this.parts.log.read(bytes, segment.at);
    return { kind: 'taken', lengthBytes: segment.lengthBytes, bytes };
  };

  write(id: number, offset: number, data: Buffer): void {
    const { log, tree } = this.parts;
    const node = this.nodes.file(id);
    if (offset + data.length > MOST_VOLUME_FILE_BYTES) throw FUSE_ERRORS.tooBig;
    log.requireRoom(data.length);
    for (const { from, lengthBytes, at } of node.content.write(offset, data.length, log.allocate))
      log.write(data.subarray(from, from + lengthBytes), at);
    node.mtimeMs = Date.now();
    node.ctimeMs = node.mtimeMs;
    tree.change(node);
  }

  allocate(id: number, offset: number, lengthBytes: number): void {
    const { content } = this.nodes.file(id);
    if (offset + lengthBytes > content.sizeBytes) this.setAttributes(id, { sizeBytes: offset + lengthBytes });
  }

  usage(): Usage {
    const { log, tree } = this.parts;
    return {
      blockBytes: BLOCK_BYTES,
      blocks: Math.floor(log.limitBytes / BLOCK_BYTES),
      freeBlocks: Math.floor(log.freeBytes / BLOCK_BYTES),
      files: tree.size,
    };
  }

  private make(
    { parent: id, name }: Place,
    { mode, uid, gid }: NewNode,
    what: { kind: 'file' } | { kind: 'directory' } | { kind: 'symlink'; target: string },
  ): NodeAttributes {
    const { tree, mostPathBytes } = this.parts;
    const parent = this.nodes.living(id);
    if (parent.entries.has(name)) throw FUSE_ERRORS.exists;
    if (longestPathBytes(parent, name) > mostPathBytes) throw FUSE_ERRORS.nameTooLong;
    const now = Date.now();
    parent.mtimeMs = now;
    return lookedUp(tree.make(parent, name, { ...what, mode, mtimeMs: now, owner: { uid, gid } }));
  }

  private take(node: TreeNode): void {
    node.parent!.mtimeMs = Date.now();
    this.parts.tree.unlink(node);
  }
}

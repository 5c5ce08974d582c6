export type NodeKind = 'file' | 'directory' | 'symlink';

export type NodeAttributes = Readonly<{
  node: number;
  kind: NodeKind;
  sizeBytes: number;
  /** Permission bits, 12 of them. */
  mode: number;
  links: number;
  uid: number;
  gid: number;
  mtimeMs: number;
  ctimeMs: number;
}>;

export type AttributeChanges = Readonly<{
  sizeBytes?: number;
  mode?: number;
  uid?: number;
  gid?: number;
  mtimeMs?: number | 'now';
}>;

/** What a new node has from the program that makes it. */
export type NewNode = Readonly<{ mode: number; uid: number; gid: number }>;

/** `cookie` says where a listing goes on: it grows within a folder, and an entry keeps its own as long as it is there. */
export type ListedEntry = Readonly<{ name: string; cookie: number; attributes: NodeAttributes }>;

export type RenameRule = 'replace' | 'keep-target' | 'exchange';

export type Place = Readonly<{ parent: number; name: string }>;

/** `request` is what a reply that comes later names: see read-reply.ts. */
export type ReadRange = Readonly<{ request: number; offset: number; sizeBytes: number }>;

export type Usage = Readonly<{ blockBytes: number; blocks: number; freeBlocks: number; files: number }>;

/**
 * What a file system must do; the session in front of it speaks with the kernel. Every operation runs to its end, and throws
 * FuseError. The kernel has a node for as long as it has looked it up more often than it forgot it: `lookup`, `makeFile`,
 * `makeDirectory`, `makeSymlink` and `listed` each count as one.
 */
export interface FileSystem {
  lookup(parent: number, name: string): NodeAttributes | undefined;
  forget(node: number, times: number): void;
  attributes(node: number): NodeAttributes;
  setAttributes(node: number, changes: AttributeChanges): NodeAttributes;
  readLink(node: number): string;
  makeFile(place: Place, how: NewNode): NodeAttributes;
  makeDirectory(place: Place, how: NewNode): NodeAttributes;
  makeSymlink(place: Place, target: string, how: NewNode): NodeAttributes;
  unlink(place: Place): void;
  removeDirectory(place: Place): void;
  rename(from: Place, to: Place, rule: RenameRule): void;
  /** The entries after a cookie; from 0, the first. Real entries have cookies above 2. */
  list(node: number, after: number): Iterable<ListedEntry>;
  /** The kernel took an entry of a listing along with its node. */
  listed(node: number): void;
  parentOf(node: number): number;
  /** Fills `into`; answers how many bytes, or that the reply comes later from elsewhere. */
  read(node: number, range: ReadRange, into: Buffer): number | 'later';
  write(node: number, offset: number, data: Buffer): void;
  allocate(node: number, offset: number, lengthBytes: number): void;
  usage(): Usage;
}

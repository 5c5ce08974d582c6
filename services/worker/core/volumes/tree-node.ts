import { FileContent } from './file-content.js';

export type NodeOwner = Readonly<{ uid: number; gid: number }>;

type AnyNode = {
  readonly id: number;
  mode: number;
  uid: number;
  gid: number;
  mtimeMs: number;
  ctimeMs: number;
  /** None: the root, or a node that was unlinked and is still in use. */
  parent: DirectoryNode | undefined;
  name: string;
  /** How often the kernel has looked it up and not yet forgotten. */
  lookups: number;
  /** Whether the volume knows of it at the place where it is. */
  known: 'published' | 'local';
};

export type FileNode = AnyNode & { readonly kind: 'file'; readonly content: FileContent };
export type SymlinkNode = AnyNode & { readonly kind: 'symlink'; target: string };
export type DirectoryNode = AnyNode & {
  readonly kind: 'directory';
  /** `cookie`: where a listing goes on after the entry; grows with each new one. */
  readonly entries: Map<string, Readonly<{ node: TreeNode; cookie: number }>>;
  lastCookie: number;
};
export type TreeNode = FileNode | SymlinkNode | DirectoryNode;

/** What a node begins with. */
export type NewTreeNode = Readonly<{ mode: number; mtimeMs: number; owner?: NodeOwner }> &
  (
    | Readonly<{ kind: 'file'; content?: FileContent }>
    | Readonly<{ kind: 'directory' }>
    | Readonly<{ kind: 'symlink'; target: string }>
  );

/** 1 and 2 are `.` and `..`. */
const FIRST_COOKIE = 3;

export const makeNode = (id: number, how: NewTreeNode): TreeNode => {
  const { mode, mtimeMs, owner = { uid: 0, gid: 0 } } = how;
  const shared: AnyNode = {
    id,
    mode,
    ...owner,
    mtimeMs,
    ctimeMs: mtimeMs,
    parent: undefined,
    name: '',
    lookups: 0,
    known: 'local',
  };
  switch (how.kind) {
    case 'file':
      return { ...shared, kind: 'file', content: how.content ?? new FileContent() };
    case 'directory':
      return { ...shared, kind: 'directory', entries: new Map(), lastCookie: FIRST_COOKIE - 1 };
    case 'symlink':
      return { ...shared, kind: 'symlink', target: how.target };
    default:
      return how satisfies never;
  }
};

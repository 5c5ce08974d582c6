import { direntType, ENTRY_BYTES, writeEntry } from './attribute-encoding.js';
import { writeU64 } from './connection.js';
import type { FileSystem, NodeAttributes } from './file-system.js';

const DIRENT_BYTES = 24;
const COOKIE_OF_SELF = 1;
const COOKIE_OF_PARENT = 2;

export type Listing = 'names' | 'with-attributes';

type Line = Readonly<{
  name: string;
  cookie: number;
  node: number;
  type: number;
  attributes?: NodeAttributes;
}>;

/** `.` and `..`, then what is in the folder, from where the last part of the listing ended. */
function* linesOf(fileSystem: FileSystem, node: number, after: number): Iterable<Line> {
  const type = direntType('directory');
  if (after < COOKIE_OF_SELF) yield { name: '.', cookie: COOKIE_OF_SELF, node, type };
  if (after < COOKIE_OF_PARENT)
    yield { name: '..', cookie: COOKIE_OF_PARENT, node: fileSystem.parentOf(node), type };
  for (const { name, cookie, attributes } of fileSystem.list(node, after))
    yield { name, cookie, node: attributes.node, type: direntType(attributes.kind), attributes };
}

/** Fills one answer to READDIR or READDIRPLUS; where in the buffer it ends. */
export const writeListing = (
  fileSystem: FileSystem,
  listing: Listing,
  range: Readonly<{ node: number; after: number; sizeBytes: number }>,
  buffer: Buffer,
  start: number,
): number => {
  let at = start;
  const end = start + range.sizeBytes;
  const plus = listing === 'with-attributes' ? ENTRY_BYTES : 0;
  for (const { name, cookie, node, type, attributes } of linesOf(fileSystem, range.node, range.after)) {
    const nameBytes = Buffer.byteLength(name);
    const lengthBytes = plus + Math.ceil((DIRENT_BYTES + nameBytes) / 8) * 8;
    if (at + lengthBytes > end) break;
    if (plus > 0) writeEntry(buffer, at, attributes);
    const entry = at + plus;
    buffer.fill(0, entry, at + lengthBytes);
    writeU64(buffer, entry, node);
    writeU64(buffer, entry + 8, cookie);
    buffer.writeUInt32LE(nameBytes, entry + 16);
    buffer.writeUInt32LE(type, entry + 20);
    buffer.write(name, entry + DIRENT_BYTES);
    if (plus > 0 && attributes !== undefined) fileSystem.listed(node);
    at += lengthBytes;
  }
  return at;
};

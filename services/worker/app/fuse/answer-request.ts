import { writeAttributesReply, writeEntry } from './attribute-encoding.js';
import { IN_HEADER_BYTES, MOST_BYTES_PER_REQUEST, OUT_HEADER_BYTES, writeU64 } from './connection.js';
import { writeListing } from './directory-encoding.js';
import type { FileSystem, NodeAttributes, RenameRule } from './file-system.js';
import { FUSE_ERRORS } from './fuse-error.js';
import { negotiate } from './negotiate.js';
import { OPCODES } from './opcodes.js';
import {
  attributeChangesOf,
  nameAt,
  newNodeOf,
  nodeOf,
  opcodeOf,
  requestIdOf,
  textAt,
  u32At,
  u64At,
} from './request-reader.js';

const BODY = OUT_HEADER_BYTES;
const FILE_TYPE = 0o170000;
const REGULAR = 0o100000;
const WRITE_HEADER_BYTES = 40;
const NAME_BYTES = 255;

/** Where the reply ends; or that none is sent, or that it comes later. */
export type Answered = number | 'no-reply';

const RENAME_RULES: readonly (RenameRule | undefined)[] = ['replace', 'keep-target', 'exchange'];

/** Answers the request at the start of `request` into `reply`, behind the header; throws FuseError. */
export const answerRequest = (fileSystem: FileSystem, request: Buffer, reply: Buffer): Answered => {
  const node = nodeOf(request);
  const entry = (attributes: NodeAttributes | undefined): number =>
    BODY + writeEntry(reply, BODY, attributes);
  const attributes = (found: NodeAttributes): number => BODY + writeAttributesReply(reply, BODY, found);
  const place = (after: number) => ({ parent: node, name: nameAt(request, after).text });

  switch (opcodeOf(request)) {
    case OPCODES.lookup:
      return entry(fileSystem.lookup(node, nameAt(request, 0).text));
    case OPCODES.forget:
      fileSystem.forget(node, u64At(request, 0));
      return 'no-reply';
    case OPCODES.batchForget:
      for (let index = 0; index < u32At(request, 0); index += 1)
        fileSystem.forget(u64At(request, 8 + index * 16), u64At(request, 16 + index * 16));
      return 'no-reply';
    case OPCODES.getAttributes:
      return attributes(fileSystem.attributes(node));
    case OPCODES.setAttributes:
      return attributes(fileSystem.setAttributes(node, attributeChangesOf(request)));
    case OPCODES.readLink:
      return BODY + reply.write(fileSystem.readLink(node), BODY);
    case OPCODES.symlink: {
      const name = nameAt(request, 0);
      const target = textAt(request, name.end).text;
      return entry(
        fileSystem.makeSymlink({ parent: node, name: name.text }, target, newNodeOf(request, 0o777)),
      );
    }
    case OPCODES.makeNode: {
      const mode = u32At(request, 0);
      // Sockets, pipes and devices are of one machine: they cannot be kept.
      if ((mode & FILE_TYPE) !== REGULAR) throw FUSE_ERRORS.notPermitted;
      return entry(fileSystem.makeFile(place(16), newNodeOf(request, mode)));
    }
    case OPCODES.makeDirectory:
      return entry(fileSystem.makeDirectory(place(8), newNodeOf(request, u32At(request, 0))));
    case OPCODES.unlink:
      fileSystem.unlink(place(0));
      return BODY;
    case OPCODES.removeDirectory:
      fileSystem.removeDirectory(place(0));
      return BODY;
    case OPCODES.rename:
      return rename(fileSystem, request, 8, 'replace');
    case OPCODES.rename2: {
      const rule = RENAME_RULES[u32At(request, 8)];
      if (rule === undefined) throw FUSE_ERRORS.invalid;
      return rename(fileSystem, request, 16, rule);
    }
    case OPCODES.link:
      // What link(2) answers where a file system has no hard links.
      throw FUSE_ERRORS.notPermitted;
    case OPCODES.read: {
      const sizeBytes = Math.min(u32At(request, 16), MOST_BYTES_PER_REQUEST);
      const range = { request: requestIdOf(request), offset: u64At(request, 8), sizeBytes };
      const read = fileSystem.read(node, range, reply.subarray(BODY, BODY + sizeBytes));
      return read === 'later' ? 'no-reply' : BODY + read;
    }
    case OPCODES.write: {
      const sizeBytes = u32At(request, 16);
      const start = IN_HEADER_BYTES + WRITE_HEADER_BYTES;
      fileSystem.write(node, u64At(request, 8), request.subarray(start, start + sizeBytes));
      writeU64(reply, BODY, sizeBytes);
      return BODY + 8;
    }
    case OPCODES.allocate:
      // Only plain growth: holes and ranges of zeros are not told apart.
      if (u32At(request, 24) !== 0) throw FUSE_ERRORS.notSupported;
      fileSystem.allocate(node, u64At(request, 8), u64At(request, 16));
      return BODY;
    case OPCODES.readDirectory:
    case OPCODES.readDirectoryPlus: {
      const listing = opcodeOf(request) === OPCODES.readDirectory ? 'names' : 'with-attributes';
      const sizeBytes = Math.min(u32At(request, 16), MOST_BYTES_PER_REQUEST);
      return writeListing(fileSystem, listing, { node, after: u64At(request, 8), sizeBytes }, reply, BODY);
    }
    case OPCODES.statFileSystem:
      return writeUsage(fileSystem, reply);
    case OPCODES.release:
    case OPCODES.releaseDirectory:
    case OPCODES.destroy:
      return BODY;
    case OPCODES.interrupt:
      return 'no-reply';
    case OPCODES.init:
      return negotiate(request, reply);
    default:
      // Answered once, the kernel does without: open, flush, fsync, extended attributes, locks of its own.
      throw FUSE_ERRORS.notImplemented;
  }
};

const rename = (fileSystem: FileSystem, request: Buffer, after: number, rule: RenameRule): number => {
  const from = nameAt(request, after);
  const to = nameAt(request, from.end);
  fileSystem.rename(
    { parent: nodeOf(request), name: from.text },
    { parent: u64At(request, 0), name: to.text },
    rule,
  );
  return BODY;
};

/** `struct fuse_kstatfs` */
const writeUsage = (fileSystem: FileSystem, reply: Buffer): number => {
  const { blockBytes, blocks, freeBlocks, files } = fileSystem.usage();
  reply.fill(0, BODY, BODY + 80);
  writeU64(reply, BODY, blocks);
  writeU64(reply, BODY + 8, freeBlocks);
  writeU64(reply, BODY + 16, freeBlocks);
  writeU64(reply, BODY + 24, files);
  writeU64(reply, BODY + 32, 2 ** 32);
  reply.writeUInt32LE(blockBytes, BODY + 40);
  reply.writeUInt32LE(NAME_BYTES, BODY + 44);
  reply.writeUInt32LE(blockBytes, BODY + 48);
  return BODY + 80;
};

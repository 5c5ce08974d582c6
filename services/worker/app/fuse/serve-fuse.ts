import { readSync, writeSync } from 'node:fs';
import { answerRequest } from './answer-request.js';
import { OUT_HEADER_BYTES, REPLY_BUFFER_BYTES, REQUEST_BUFFER_BYTES, writeOutHeader } from './connection.js';
import type { FileSystem } from './file-system.js';
import { errnoOf, FuseError } from './fuse-error.js';
import { OPCODES } from './opcodes.js';
import { opcodeOf, requestIdOf } from './request-reader.js';

export type ServeFuse = Readonly<{
  /** Of /dev/fuse, mounted. */
  descriptor: number;
  fileSystem: FileSystem;
  /** Runs after each answered STATFS, which is never cached: who wants to be heard by this thread asks for one. */
  onKnock: () => 'go-on' | 'stop';
  /** An operation broke: the program gets an input/output error, and this hears why. */
  onFault: (error: unknown) => void;
}>;

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** Answers the kernel until the file system is unmounted or a knock says stop. Holds its thread all the while. */
export const serveFuse = ({ descriptor, fileSystem, onKnock, onFault }: ServeFuse): void => {
  const request = Buffer.allocUnsafeSlow(REQUEST_BUFFER_BYTES);
  const reply = Buffer.allocUnsafeSlow(REPLY_BUFFER_BYTES);
  for (;;) {
    const received = receive(descriptor, request);
    if (received === 'unmounted') return;
    if (received === 'nothing') continue;
    const lengthBytes = answer(fileSystem, request, reply, onFault);
    if (lengthBytes !== 'no-reply') send(descriptor, reply, lengthBytes);
    if (opcodeOf(request) === OPCODES.statFileSystem && onKnock() === 'stop') return;
  }
};

const receive = (descriptor: number, request: Buffer): 'request' | 'nothing' | 'unmounted' => {
  try {
    readSync(descriptor, request, 0, request.length, null);
    return 'request';
  } catch (error) {
    switch (codeOf(error)) {
      case 'ENODEV':
        return 'unmounted';
      // Interrupted, or the program that asked is gone by now.
      case 'EINTR':
      case 'EAGAIN':
      case 'ENOENT':
        return 'nothing';
      default:
        throw error;
    }
  }
};

const answer = (
  fileSystem: FileSystem,
  request: Buffer,
  reply: Buffer,
  onFault: (error: unknown) => void,
): number | 'no-reply' => {
  const header = { errno: 0, request: requestIdOf(request) };
  try {
    const lengthBytes = answerRequest(fileSystem, request, reply);
    if (lengthBytes !== 'no-reply') writeOutHeader(reply, { ...header, lengthBytes });
    return lengthBytes;
  } catch (error) {
    if (!(error instanceof FuseError)) onFault(error);
    writeOutHeader(reply, { ...header, lengthBytes: OUT_HEADER_BYTES, errno: errnoOf(error) });
    return OUT_HEADER_BYTES;
  }
};

const send = (descriptor: number, reply: Buffer, lengthBytes: number): void => {
  try {
    writeSync(descriptor, reply, 0, lengthBytes);
  } catch (error) {
    // Nobody waits for this answer any more; an end of the mount is seen by the next read.
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENODEV') throw error;
  }
};

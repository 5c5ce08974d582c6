import { writeSync } from 'node:fs';
import { OUT_HEADER_BYTES, writeOutHeader } from './connection.js';

/**
 * Answers a READ that was put off (`later`), from any thread of the process: `bytes` has room for the header in front.
 * Answers nothing when the program that asked is gone.
 */
export const replyToRead = (descriptor: number, request: number, bytes: Buffer): void => {
  writeOutHeader(bytes, { lengthBytes: bytes.length, errno: 0, request });
  tryToWrite(descriptor, bytes);
};

export const refuseRead = (descriptor: number, request: number, errno: number): void => {
  const bytes = Buffer.alloc(OUT_HEADER_BYTES);
  writeOutHeader(bytes, { lengthBytes: bytes.length, errno, request });
  tryToWrite(descriptor, bytes);
};

const tryToWrite = (descriptor: number, bytes: Buffer): void => {
  try {
    writeSync(descriptor, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENODEV') throw error;
  }
};

import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { UnreadableError } from './unreadable-error.js';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** A value as JSON in gzip, made off the event loop. */
export const compressJson = async (value: unknown): Promise<Buffer> =>
  pack(JSON.stringify(value), { level: 3 });

/** What was kept under a name that a person knows it by; rejects with an `UnreadableError` where it is damaged. */
export const decompressJson = async <Value>(what: string, bytes: Buffer): Promise<Value> => {
  try {
    return JSON.parse((await unpack(bytes)).toString()) as Value;
  } catch (cause) {
    throw new UnreadableError(`${what} is damaged`, { cause });
  }
};

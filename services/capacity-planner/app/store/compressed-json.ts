import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** A value as JSON in gzip, made off the event loop. */
export const compressJson = async (value: unknown): Promise<Buffer> =>
  pack(JSON.stringify(value), { level: 3 });

export const decompressJson = async <Value>(bytes: Buffer): Promise<Value> =>
  JSON.parse((await unpack(bytes)).toString()) as Value;

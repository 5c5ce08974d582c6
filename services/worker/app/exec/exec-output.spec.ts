import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ExecOutput } from './exec-output.js';
import { SpillFile, SpillRoom } from './spill-file.js';

const MIB = 1024 * 1024;
const forever = new AbortController().signal;

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'exec-'))));
afterEach(() => rm(folder, { recursive: true }));

const spill = (room = new SpillRoom(64 * MIB)): SpillFile => new SpillFile(join(folder, 'stdout'), room);

/** So many bytes that differ, so that none can be lost, doubled or moved unnoticed. */
const numbered = (bytes: number): Buffer =>
  Buffer.from(Uint32Array.from({ length: bytes / 4 }, (_, at) => at).buffer);

const inPieces = (all: Buffer): Buffer[] =>
  Array.from({ length: Math.ceil(all.length / 65_536) }, (_, at) =>
    all.subarray(at * 65_536, (at + 1) * 65_536),
  );

const readAll = async (output: ExecOutput, offset = 0): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of output.from(offset, forever)) pieces.push(piece);
  return Buffer.concat(pieces);
};

describe('the output of a command', () => {
  test('is whole for who reads it when the command has ended, however much it is', async () => {
    const all = numbered(10 * MIB);
    const program = Readable.from(inPieces(all));
    const output = new ExecOutput([program], spill());
    await finished(program);
    expect(output.heldBytes).toBeLessThan(3 * MIB);
    expect((await readAll(output)).equals(all)).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });

  test('is whole for who reads on after a break in which the command wrote much', async () => {
    const all = numbered(12 * MIB);
    const [first, rest] = [all.subarray(0, MIB), all.subarray(MIB)];
    const program = new PassThrough({ highWaterMark: 16 * MIB });
    const output = new ExecOutput([program], spill());
    program.write(first);
    const gone = new AbortController();
    let read = 0;
    for await (const piece of output.from(0, gone.signal)) {
      read += piece.length;
      if (read === first.length) gone.abort();
    }
    for (const piece of inPieces(rest)) program.write(piece);
    program.end();
    await finished(program);
    expect((await readAll(output, read)).equals(rest)).toBe(true);
  });

  test('of which no more finds room on disk makes its command wait until somebody reads', async () => {
    const all = numbered(8 * MIB);
    const program = Readable.from(inPieces(all));
    const room = new SpillRoom(MIB);
    const output = new ExecOutput([program], spill(room));
    // The room is taken to its last byte before the command waits, and is free again when all was read.
    while (room.take(1)) {
      room.giveBack(1);
      await new Promise(setImmediate);
    }
    expect(program.readableEnded).toBe(false);
    expect((await readAll(output)).equals(all)).toBe(true);
    expect(room.take(MIB)).toBe(true);
  });

  test('that is forgotten leaves nothing on disk', async () => {
    const program = Readable.from(inPieces(numbered(4 * MIB)));
    const output = new ExecOutput([program], spill());
    await finished(program);
    expect(await readdir(folder)).toEqual(['stdout']);
    await output.forget();
    expect(await readdir(folder)).toEqual([]);
  });

  test('and of its errors, joined, is in the order of each', async () => {
    const [out, err] = [Buffer.alloc(4 * MIB, 'o'), Buffer.alloc(3 * MIB, 'e')];
    const programs = [out, err].map((all) => Readable.from(inPieces(all)));
    const output = new ExecOutput(programs, spill());
    await Promise.all(programs.map((program) => finished(program)));
    const read = await readAll(output);
    expect(read.length).toBe(7 * MIB);
    expect(read.filter((byte) => byte === out[0])).toHaveLength(4 * MIB);
  });
});

import { open, rm, type FileHandle } from 'node:fs/promises';

const MOST_AT_ONCE_BYTES = 256 * 1024;

/** What all spill files of a container may hold together. */
export class SpillRoom {
  constructor(private leftBytes: number) {}

  take(bytes: number): boolean {
    if (bytes > this.leftBytes) return false;
    this.leftBytes -= bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.leftBytes += bytes;
  }
}

/** Bytes that wait on disk, first in, first out. It is used by one caller at a time; nothing is held open between two uses. */
export class SpillFile {
  private written = 0;
  private read = 0;

  constructor(
    private readonly path: string,
    private readonly room: SpillRoom,
  ) {}

  get isEmpty(): boolean {
    return this.read === this.written;
  }

  /** False, and nothing is taken, where there is no room for it. */
  async append(piece: Uint8Array): Promise<boolean> {
    if (!this.room.take(piece.length)) return false;
    try {
      await using(this.path, 'a', (file) => file.writeFile(piece));
    } catch {
      // A full disk is as good as no room. What was written of the piece goes.
      this.room.giveBack(piece.length);
      await using(this.path, 'r+', (file) => file.truncate(this.written)).catch(() => undefined);
      return false;
    }
    this.written += piece.length;
    return true;
  }

  /** The oldest bytes, at most 256 KiB of them, which are here no longer. */
  async take(): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.min(MOST_AT_ONCE_BYTES, this.written - this.read));
    if (bytes.length === 0) return bytes;
    const { bytesRead } = await using(this.path, 'r', (file) => file.read(bytes, 0, bytes.length, this.read));
    if (bytesRead === 0) throw new Error(`${this.path} is shorter than what was written to it`);
    this.read += bytesRead;
    if (this.isEmpty) await this.clear();
    return bytes.subarray(0, bytesRead);
  }

  async clear(): Promise<void> {
    await rm(this.path, { force: true });
    this.room.giveBack(this.written);
    this.written = this.read = 0;
  }
}

const using = async <Result>(
  path: string,
  flags: string,
  work: (file: FileHandle) => Promise<Result>,
): Promise<Result> => {
  const file = await open(path, flags, 0o600);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
};

import { closeSync, ftruncateSync, openSync, readSync, statfsSync, writeSync } from 'node:fs';
import type { FreedRun } from '@slipway/worker-core';
import { FUSE_ERRORS } from '../fuse/fuse-error.js';

const MIB = 1024 * 1024;
/** The host keeps this much of its disk for itself. */
const KEPT_FREE_BYTES = 1024 * MIB;
/** How much may be written between two looks at the host's disk. */
const LOOK_EVERY_BYTES = 64 * MIB;
const RUNS_TRIED = 32;

/** What programs wrote to one volume since its last commit: one file on the worker's disk, whose space is used again. */
export class StagingLog {
  private readonly descriptor: number;
  private end = 0;
  private usedBytes = 0;
  private free: FreedRun[] = [];
  private heldBack: FreedRun[] | undefined;
  private nextLookAt = 0;

  constructor(
    private readonly file: string,
    readonly limitBytes: number,
  ) {
    this.descriptor = openSync(file, 'w+', 0o600);
  }

  get freeBytes(): number {
    return Math.max(0, this.limitBytes - this.usedBytes);
  }

  /** Throws ENOSPC unless so much more can be written. */
  requireRoom(lengthBytes: number): void {
    if (this.usedBytes + lengthBytes > this.limitBytes) throw FUSE_ERRORS.noSpace;
    if (this.end + lengthBytes < this.nextLookAt) return;
    const { bavail, bsize } = statfsSync(this.file);
    if (bavail * bsize < KEPT_FREE_BYTES + lengthBytes) throw FUSE_ERRORS.noSpace;
    this.nextLookAt = this.end + LOOK_EVERY_BYTES;
  }

  readonly allocate = (lengthBytes: number): number => {
    this.usedBytes += lengthBytes;
    const first = Math.max(0, this.free.length - RUNS_TRIED);
    for (let index = this.free.length - 1; index >= first; index -= 1) {
      const run = this.free[index]!;
      if (run.lengthBytes < lengthBytes) continue;
      if (run.lengthBytes === lengthBytes) this.free.splice(index, 1);
      else this.free[index] = { at: run.at + lengthBytes, lengthBytes: run.lengthBytes - lengthBytes };
      return run.at;
    }
    const at = this.end;
    this.end += lengthBytes;
    return at;
  };

  write(data: Buffer, at: number): void {
    for (let done = 0; done < data.length;)
      done += writeSync(this.descriptor, data, done, data.length - done, at + done);
  }

  read(into: Buffer, at: number): void {
    readSync(this.descriptor, into, 0, into.length, at);
  }

  readonly release = (runs: readonly FreedRun[]): void => {
    const released = this.heldBack ?? this.free;
    for (const run of runs) {
      this.usedBytes -= run.lengthBytes;
      released.push(run);
    }
    this.shrink();
  };

  /** From now on, until `reuse`, nothing that was written is overwritten by another file: a commit reads it. */
  preserve(): void {
    this.heldBack ??= [];
  }

  reuse(): void {
    this.free = joined([...this.free, ...(this.heldBack ?? [])]);
    this.heldBack = undefined;
    const [last] = this.free;
    if (last !== undefined && last.at + last.lengthBytes === this.end) {
      this.free.shift();
      this.cut(last.at);
    }
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private shrink(): void {
    if (this.usedBytes > 0 || this.heldBack !== undefined || this.end === 0) return;
    this.free = [];
    this.cut(0);
  }

  private cut(end: number): void {
    ftruncateSync(this.descriptor, end);
    this.end = end;
    this.nextLookAt = 0;
  }
}

/** Neighbours as one; the first in the log are the last, and used first. */
const joined = (runs: FreedRun[]): FreedRun[] => {
  const result: FreedRun[] = [];
  for (const { at, lengthBytes } of runs.toSorted((a, b) => b.at - a.at)) {
    const behind = result.at(-1);
    if (behind !== undefined && at + lengthBytes === behind.at)
      result[result.length - 1] = { at, lengthBytes: lengthBytes + behind.lengthBytes };
    else result.push({ at, lengthBytes });
  }
  return result;
};

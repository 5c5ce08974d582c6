import type { Readable } from 'node:stream';
import { splitOutput } from '@slipway/worker-core';

/**
 * How long the start of a line waits for its end. An unbuffered Python writes the end of a line by a write of its own, and a container
 * that has used up its share of the CPU stands still for whole periods of 100 ms between the two.
 */
export const PARTIAL_LINE_MS = 500;

/**
 * Reads one stream of a container to its end; settles when all of it has been handed on.
 * While `onPiece` answers a promise nothing more is read: the container waits at its next write.
 */
export const captureOutput = (
  stream: Readable,
  onPiece: (piece: string) => Promise<void> | undefined,
): Promise<void> => {
  let held = '';
  let full = 0;
  let timer: NodeJS.Timeout | undefined;
  let soon: NodeJS.Immediate | undefined;
  const hand = (piece: string): void => {
    const room = onPiece(piece);
    if (room === undefined) return;
    full += 1;
    stream.pause();
    void room.then(() => {
      full -= 1;
      if (full > 0) return;
      stream.resume();
      awaitEnd();
    });
  };
  const release = (): void => {
    stopWaiting();
    if (held !== '') hand(held);
    held = '';
  };
  const stopWaiting = (): void => {
    clearTimeout(timer);
    clearImmediate(soon);
    timer = undefined;
  };
  /** A line waits for its end only while more can come; what came while this process was busy is read before its time is over. */
  const awaitEnd = (): void => {
    if (held === '' || full > 0) stopWaiting();
    else
      timer ??= setTimeout(() => {
        soon = setImmediate(release);
      }, PARTIAL_LINE_MS);
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const split = splitOutput(held, chunk);
    held = split.held;
    if (split.ready.length > 0) stopWaiting();
    for (const piece of split.ready) hand(piece);
    awaitEnd();
  });
  return new Promise((resolve) => {
    stream.once('close', () => {
      release();
      resolve();
    });
    stream.once('error', () => undefined);
  });
};

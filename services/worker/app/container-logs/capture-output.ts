import type { Readable } from 'node:stream';
import { splitOutput } from '@slipway/worker-core';

/** How long the start of a line waits for its end. */
const PARTIAL_LINE_MS = 100;

/**
 * Reads one stream of a container to its end; settles when all of it has been handed on.
 * While `onPiece` answers a promise nothing more is read: the container waits at its next write.
 */
export const captureOutput = (
  stream: Readable,
  onPiece: (piece: string) => Promise<void> | undefined,
): Promise<void> => {
  let held = '';
  let timer: NodeJS.Timeout | undefined;
  const hand = (piece: string): void => {
    const room = onPiece(piece);
    if (room === undefined) return;
    stream.pause();
    void room.then(() => stream.resume());
  };
  const release = (): void => {
    if (held !== '') hand(held);
    held = '';
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    clearTimeout(timer);
    const split = splitOutput(held, chunk);
    for (const piece of split.ready) hand(piece);
    held = split.held;
    if (held !== '') timer = setTimeout(release, PARTIAL_LINE_MS);
  });
  return new Promise((resolve) => {
    stream.once('close', () => {
      clearTimeout(timer);
      release();
      resolve();
    });
    stream.once('error', () => undefined);
  });
};

import type { Readable } from 'node:stream';
import { splitOutput } from '@slipway/worker-core';

/** How long the start of a line waits for its end. */
const PARTIAL_LINE_MS = 100;

/** Reads one stream of a container to its end; settles when all of it has been handed on. */
export const captureOutput = (stream: Readable, onPiece: (piece: string) => void): Promise<void> => {
  let held = '';
  let timer: NodeJS.Timeout | undefined;
  const release = (): void => {
    if (held !== '') onPiece(held);
    held = '';
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    clearTimeout(timer);
    const split = splitOutput(held, chunk);
    for (const piece of split.ready) onPiece(piece);
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

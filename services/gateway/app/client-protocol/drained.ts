import type { Writable } from 'node:stream';

/** Settles when a stream has room for more, or its client is gone: true; or, where that takes longer than `withinMs`: false. */
export const drained = (stream: Writable, withinMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const settle = (inTime: boolean): void => {
      clearTimeout(clock);
      stream.off('drain', goOn).off('cancelled', goOn);
      resolve(inTime);
    };
    const goOn = (): void => settle(true);
    const clock = Number.isFinite(withinMs) ? setTimeout(() => settle(false), withinMs) : undefined;
    stream.once('drain', goOn).once('cancelled', goOn);
  });

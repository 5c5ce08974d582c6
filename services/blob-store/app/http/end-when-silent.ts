import type { IncomingMessage } from 'node:http';

/**
 * Ends an upload of which nothing comes for so long: its sender is gone without a word, or waits for the answer to bytes that
 * it did not send. Clients send anew what was broken off.
 */
export const endWhenSilent = (request: IncomingMessage, silentMs: number): void => {
  request.setTimeout(silentMs, () => request.destroy(new Error(`nothing came for ${silentMs / 1000} s`)));
  request.once('end', () => request.setTimeout(0));
};

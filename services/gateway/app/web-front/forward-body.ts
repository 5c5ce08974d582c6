import type { ClientRequest, IncomingMessage } from 'node:http';
import { isBrokenOff } from './is-broken-off.js';

/** Passes the client's body on, no faster than the container takes it, until it is whole or nobody reads it any more. */
export const forwardBody = (incoming: IncomingMessage, outgoing: ClientRequest): void => {
  const resume = (): void => void incoming.resume();
  const pass = (chunk: Buffer): void => {
    if (outgoing.write(chunk)) return;
    incoming.pause();
    outgoing.once('drain', resume);
  };
  const end = (): void => {
    if (isBrokenOff(incoming)) return void outgoing.destroy();
    if (Object.keys(incoming.trailers).length > 0)
      outgoing.addTrailers(incoming.trailers as Record<string, string>);
    outgoing.end();
  };
  incoming.on('data', pass).once('end', end);
  // An app that has answered reads no more; the connection is in the middle of a request and of no use.
  outgoing.once('response', (upstream) =>
    upstream.once('end', () => {
      if (!outgoing.writableEnded) outgoing.destroy();
    }),
  );
  outgoing.once('close', () => {
    if (!incoming.readableEnded) incoming.off('data', pass).off('end', end).resume();
  });
};

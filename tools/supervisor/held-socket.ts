import * as net from 'node:net';

/** A bound TCP socket that nobody accepts from yet. */
export type HeldSocket = Readonly<{ fd: number; close: () => void }>;

type Handle = Readonly<{ fd: number; close: () => void }>;

/** What Node's own cluster module binds shared sockets with; a number is the error's code. */
const bind = (
  net as unknown as { _createServerHandle: (host: string, port: number, family: 4) => Handle | number }
)._createServerHandle;

/**
 * Binds a service's public port on its behalf, so that the port outlives the service: while it starts anew,
 * clients that connect wait in the socket's queue instead of being refused.
 * Throws when the port is taken.
 */
export const holdSocket = (host: string, port: number): HeldSocket => {
  const handle = bind(host, port, 4);
  if (typeof handle === 'number') throw new Error(`${host}:${port} cannot be bound: error ${handle}`);
  return { fd: handle.fd, close: () => handle.close() };
};

import { connect } from 'node:net';

/** Sends `request` to a local port and returns the first bytes that come back. */
export const exchange = (port: number, request: Uint8Array | string, timeoutMs: number): Promise<Buffer> =>
  new Promise((done, fail) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    socket.once('connect', () => socket.write(request));
    socket.once('error', fail);
    socket.once('close', () => fail(new Error('closed without an answer')));
    socket.once('data', (answer) => {
      done(answer);
      socket.destroy();
    });
  });

import type { Socket } from 'node:net';

const PREFACE = Buffer.from('PRI');
const FIRST_BYTES_WITHIN_MS = 30_000;

/** Whether a new connection speaks HTTP/2, by its first three bytes, which are put back. Silent connections are closed. */
export const speaksHttp2 = (socket: Socket, then: (http2: boolean) => void): void => {
  const clock = setTimeout(() => socket.destroy(), FIRST_BYTES_WITHIN_MS);
  socket.once('close', () => clearTimeout(clock));
  let seen = Buffer.alloc(0);
  const look = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk !== null) seen = Buffer.concat([seen, chunk]);
    const compared = Math.min(seen.length, PREFACE.length);
    const mayBe = seen.subarray(0, compared).equals(PREFACE.subarray(0, compared));
    if (mayBe && compared < PREFACE.length) {
      socket.once('readable', look);
      return;
    }
    clearTimeout(clock);
    socket.unshift(seen);
    then(mayBe);
  };
  socket.once('readable', look);
};

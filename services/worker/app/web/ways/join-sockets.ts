import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { headerPairs } from '@slipway/worker-core';
import type { WebExchange } from '../web-exchange.js';

/** After an upgrade that the app agreed to: its head, then bytes both ways as they are, until one side is gone. */
export const joinSockets = (
  exchange: WebExchange,
  given: IncomingMessage,
  app: Duplex,
  firstBytes: Buffer,
): void => {
  const { socket, asked, answer } = exchange;
  const headers = exchange.userHeaders(given.rawHeaders);
  const upgrade = given.headers.upgrade ?? 'websocket';
  const lines = headerPairs([...headers, 'connection', 'Upgrade', 'upgrade', upgrade]).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  answer.detachSocket(socket);
  socket.write(
    `HTTP/1.1 101 ${given.statusMessage ?? 'Switching Protocols'}\r\n${lines.join('')}\r\n`,
    'latin1',
  );
  if (firstBytes.length > 0) socket.write(firstBytes);
  if (asked.firstBytes.length > 0) app.write(asked.firstBytes);
  app.on('error', () => socket.destroy());
  socket.on('error', () => app.destroy());
  app.once('close', () => socket.destroySoon());
  socket.once('close', () => app.destroy());
  app.pipe(socket);
  socket.pipe(app);
};

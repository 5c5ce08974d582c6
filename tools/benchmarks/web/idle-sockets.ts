import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Target } from './load.ts';

const atOnce = 20;

/** Opens so many WebSockets, each heard once, does `work` while they idle, and closes them; answers how long the opening took. */
export const withIdleSockets = async <T>(
  { port, host }: Target,
  count: number,
  work: () => Promise<T>,
): Promise<Readonly<{ found: T; seconds: number }>> => {
  const sockets: WebSocket[] = [];
  const open = async (): Promise<void> => {
    while (sockets.length < count) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`, { headers: { host } });
      sockets.push(socket);
      await once(socket, 'open');
      socket.send('here');
      await once(socket, 'message');
    }
  };
  try {
    const began = performance.now();
    await Promise.all(Array.from({ length: atOnce }, open));
    const seconds = (performance.now() - began) / 1000;
    return { found: await work(), seconds };
  } finally {
    for (const socket of sockets) socket.terminate();
  }
};

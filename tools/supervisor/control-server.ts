import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { ControlReply, ControlRequest } from './process-status.ts';

export type Answer = (request: ControlRequest) => Promise<ControlReply>;

/** Listens on the socket and answers each line, a request in JSON, with one line of JSON. */
export const serveControl = (path: string, answer: Answer): Promise<Server> =>
  new Promise((done, fail) => {
    const server = createServer((socket) => void converse(socket, answer));
    server.once('error', fail);
    server.listen(path, () => done(server));
  });

const converse = async (socket: Socket, answer: Answer): Promise<void> => {
  // A client may leave before its answer is written.
  socket.on('error', () => socket.destroy());
  for await (const line of createInterface({ input: socket })) {
    const reply = await replyTo(line, answer);
    if (socket.writable) socket.write(`${JSON.stringify(reply)}\n`);
  }
};

const replyTo = async (line: string, answer: Answer): Promise<ControlReply> => {
  try {
    return await answer(JSON.parse(line) as ControlRequest);
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
};

import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { ControlReply, ControlRequest, ProcessStatus } from './process-status.ts';
import { socketPath } from './socket-path.ts';

export type SupervisorState = Readonly<{ pid: number; processes: readonly ProcessStatus[] }>;

/** Asks the supervisor of this home; undefined where none runs. Throws what the supervisor refuses. */
export const askSupervisor = async (
  homeFolder: string,
  request: ControlRequest,
): Promise<SupervisorState | undefined> => {
  if (!existsSync(`${homeFolder}/supervisor.sock`)) return undefined;
  const reply = await converse(socketPath(homeFolder), request);
  if (reply && !reply.ok) throw new Error(reply.error);
  return reply;
};

const converse = (path: string, request: ControlRequest): Promise<ControlReply | undefined> =>
  new Promise((done, fail) => {
    const socket = connect(path);
    socket.once('error', (error: NodeJS.ErrnoException) =>
      ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '')
        ? done(undefined)
        : fail(error),
    );
    socket.once('connect', () => socket.write(`${JSON.stringify(request)}\n`));
    socket.once('close', () => done(undefined));
    createInterface({ input: socket })
      .once('line', (line) => {
        done(JSON.parse(line) as ControlReply);
        socket.destroy();
      })
      .on('error', () => done(undefined));
  });

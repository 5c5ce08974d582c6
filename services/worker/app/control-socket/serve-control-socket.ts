import { chmod } from 'node:fs/promises';
import {
  Server,
  ServerCredentials,
  type handleClientStreamingCall,
  type handleUnaryCall,
  type sendUnaryData,
} from '@grpc/grpc-js';
import {
  explainTooLarge,
  ModalClientService,
  type Empty,
  type FunctionCallPutDataRequest,
} from '@slipway/protocol';
import type { WorkerHost } from '../worker-host.js';
import { serveDataIn } from '../web/bridge/serve-data-in.js';
import type { ContainerSession } from './container-session.js';
import { localRpcs } from './local-rpcs.js';
import type { WebTask } from '../web/web-task.js';
import { MESSAGE_LIMITS } from './message-limits.js';
import { mayRelay, refuseStream, refuseUnary } from './refuse-rpc.js';
import { serveDataOut } from './serve-data-out.js';
import { statusOfError } from './status-of-error.js';

export type ControlSocket = Readonly<{ close: () => void }>;

type AnyLocalRpc = (request: unknown) => Promise<unknown>;

const asIs = (bytes: Buffer): Buffer => bytes;

/** Serves one container on a unix socket of its own: who speaks through it is that container, and needs no other proof. */
export const serveControlSocket = async (
  host: WorkerHost,
  session: ContainerSession,
  socketPath: string,
  web?: WebTask,
): Promise<ControlSocket> => {
  const task = session.assignment;
  const server = new Server({ ...MESSAGE_LIMITS, interceptors: [explainTooLarge] });
  const local = localRpcs(host, session, web) as Readonly<Record<string, AnyLocalRpc | undefined>>;
  const dataOut = serveDataOut(host, session, web);
  for (const [name, rpc] of Object.entries(ModalClientService)) {
    const reply = <Response>(answering: Promise<Response>, answer: sendUnaryData<Response>): void => {
      answering.then(
        (response) => answer(null, response),
        (error: unknown) => {
          host.logger.warn({ taskId: task.taskId, rpc: name, err: error }, 'rpc failed');
          answer(statusOfError(error));
        },
      );
    };
    const answerLocally = local[name];
    if (answerLocally !== undefined) {
      const handler: handleUnaryCall<unknown, unknown> = (call, answer) =>
        reply(answerLocally(call.request), answer);
      server.register(
        rpc.path,
        handler,
        rpc.responseSerialize as never,
        rpc.requestDeserialize as never,
        'unary',
      );
    } else if (rpc === ModalClientService.functionCallPutDataOut) {
      const handler: handleClientStreamingCall<FunctionCallPutDataRequest, Empty> = (call, answer) =>
        reply(dataOut(call), answer);
      server.register(
        rpc.path,
        handler,
        rpc.responseSerialize as never,
        rpc.requestDeserialize as never,
        'clientStream',
      );
    } else if (web !== undefined && rpc === ModalClientService.functionCallGetDataIn)
      server.register(
        rpc.path,
        serveDataIn(web.bridge),
        rpc.responseSerialize as never,
        rpc.requestDeserialize as never,
        'serverStream',
      );
    else if (rpc.responseStream)
      server.register(
        rpc.path,
        mayRelay(name, task) ? host.gateway.serverStream(rpc.path, task) : refuseStream(name, task),
        asIs,
        asIs,
        'serverStream',
      );
    else
      server.register(
        rpc.path,
        mayRelay(name, task) ? host.gateway.unary(rpc.path, task) : refuseUnary(name, task),
        asIs,
        asIs,
        'unary',
      );
  }
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socketPath}`, ServerCredentials.createInsecure(), (error) =>
      error === null ? resolve() : reject(error),
    );
  });
  // Whoever is a user inside may speak; the folder keeps everyone else out.
  await chmod(socketPath, 0o666);
  return { close: () => server.forceShutdown() };
};

import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  Metadata,
  type Client,
  type handleClientStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  type Server,
} from '@grpc/grpc-js';
import { RefusedError } from '@slipway/kernel';
import { TaskCommandRouterService, TaskExecStdioReadRequest, TaskExecWaitRequest } from '@slipway/protocol';
import type { Logger } from '@slipway/telemetry';
import type { RouterToken } from '../access/router-token.js';
import type { KnownCallers } from '../client-protocol/known-callers.js';
import { rpcStatusOf } from '../client-protocol/rpc-status.js';
import { OutputsUnderWay } from './outputs-under-way.js';
import type { WorkerRouters } from './worker-routers.js';

export type RelayCommands = Readonly<{
  routers: WorkerRouters;
  callers: KnownCallers<RouterToken>;
  internalKey: string;
  logger: Logger;
}>;

/** As long as a worker waits for outputs that are being read. */
const LONGEST_TAKING_MS = 10_000;

type Ahead = Readonly<{ client: Client; headers: Metadata }>;

const asIs = (bytes: Buffer): Buffer => bytes;

/** Adds the command router to a server: each rpc goes on, byte for byte, to the worker of the container that its token is for. */
export const relayCommands = (
  server: Server,
  { routers, callers, internalKey, logger }: RelayCommands,
): void => {
  const goAhead = async (metadata: Metadata): Promise<Ahead> => {
    const token = callers.of(metadata);
    const headers = new Metadata();
    headers.set('x-slipway-internal-key', internalKey);
    headers.set('x-slipway-task', Buffer.from(JSON.stringify(token)).toString('base64'));
    return { client: await routers.find(token), headers };
  };

  const fail = (path: string, error: unknown) => {
    if (!(error instanceof RefusedError)) logger.error({ err: error, rpc: path }, 'command failed');
    return rpcStatusOf(error);
  };

  const outputs = new OutputsUnderWay();
  const { taskExecStdioRead, taskExecWait } = TaskCommandRouterService;

  const unary =
    (path: string): handleUnaryCall<Buffer, Buffer> =>
    (call, answer) => {
      const deadline = call.getDeadline();
      goAhead(call.metadata).then(
        ({ client, headers }) => {
          const ahead = client.makeUnaryRequest(
            path,
            asIs,
            asIs,
            call.request,
            headers,
            { deadline },
            (error, response) => {
              if (error !== null) return answer(error);
              if (path !== taskExecWait.path) return answer(null, response);
              const over = AbortSignal.timeout(LONGEST_TAKING_MS);
              void outputs
                .sent(TaskExecWaitRequest.decode(call.request), over)
                .then(() => answer(null, response));
            },
          );
          call.once('cancelled', () => ahead.cancel());
        },
        (error: unknown) => answer(fail(path, error)),
      );
    };

  const serverStream =
    (path: string): handleServerStreamingCall<Buffer, Buffer> =>
    (call) => {
      if (path === taskExecStdioRead.path) {
        const end = outputs.begin(TaskExecStdioReadRequest.decode(call.request));
        call.once('finish', end).once('error', end).once('cancelled', end);
      }
      goAhead(call.metadata).then(
        ({ client, headers }) => {
          const ahead = client.makeServerStreamRequest(path, asIs, asIs, call.request, headers, {
            deadline: call.getDeadline(),
          });
          ahead.on('data', (message: Buffer) => {
            if (call.write(message)) return;
            ahead.pause();
            call.once('drain', () => ahead.resume());
          });
          ahead.on('end', () => call.end());
          ahead.on('error', (error) => call.emit('error', error));
          call.once('cancelled', () => ahead.cancel());
        },
        (error: unknown) => call.emit('error', fail(path, error)),
      );
    };

  const clientStream =
    (path: string): handleClientStreamingCall<Buffer, Buffer> =>
    (call, answer) => {
      call.pause();
      goAhead(call.metadata).then(
        ({ client, headers }) => {
          const ahead = client.makeClientStreamRequest(path, asIs, asIs, headers, (error, response) =>
            error === null ? answer(null, response) : answer(error),
          );
          void pipeline(call, ahead as unknown as Writable).catch(() => undefined);
          call.once('cancelled', () => ahead.cancel());
        },
        (error: unknown) => answer(fail(path, error)),
      );
    };

  for (const { path, requestStream, responseStream } of Object.values(TaskCommandRouterService)) {
    if (requestStream) server.register(path, clientStream(path), asIs, asIs, 'clientStream');
    else if (responseStream) server.register(path, serverStream(path), asIs, asIs, 'serverStream');
    else server.register(path, unary(path), asIs, asIs, 'unary');
  }
};

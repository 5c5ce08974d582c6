import { createHash, timingSafeEqual } from 'node:crypto';
import {
  Server,
  ServerCredentials,
  type handleClientStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  type Metadata,
  type ServerWritableStream,
  type sendUnaryData,
  type UntypedHandleCall,
} from '@grpc/grpc-js';
import { refuse, RefusedError } from '@slipway/kernel';
import { TaskCommandRouterService } from '@slipway/protocol';
import { MESSAGE_LIMITS } from '../control-socket/message-limits.js';
import { statusOfError } from '../control-socket/status-of-error.js';
import { hostAndPort } from '../network/host-and-port.js';
import type { TaskRuns } from '../task-run/task-runs.js';
import type { WorkerHost } from '../worker-host.js';
import type { Admitted } from './admitted.js';
import { execRpcs } from './exec-rpcs.js';

/** `address` is where gateways reach it. */
export type CommandRouter = Readonly<{ address: string; close: () => void }>;

type Rpcs = ReturnType<typeof execRpcs>;
type AnyRpc = (request: unknown, gone: AbortSignal) => unknown;

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Serves commands in this worker's containers to gateways, which show the internal key and say for which container they ask. */
export const serveCommandRouter = async (host: WorkerHost, tasks: TaskRuns): Promise<CommandRouter> => {
  const server = new Server(MESSAGE_LIMITS);
  const keyDigest = digestOf(host.config.internalKey);

  const admit = (metadata: Metadata): Admitted => {
    const key = metadata.get('x-slipway-internal-key')[0]?.toString() ?? '';
    const admitted = metadata.get('x-slipway-task')[0]?.toString();
    if (!timingSafeEqual(digestOf(key), keyDigest) || admitted === undefined)
      throw new RefusedError(refuse('unauthenticated', 'key-wrong', 'only gateways of this mesh may ask'));
    return JSON.parse(Buffer.from(admitted, 'base64').toString()) as Admitted;
  };
  const rpcOf = (name: keyof Rpcs, metadata: Metadata): AnyRpc =>
    execRpcs(host.bus, tasks, admit(metadata))[name] as AnyRpc;

  const answering =
    (name: keyof Rpcs): handleUnaryCall<unknown, unknown> & handleClientStreamingCall<unknown, unknown> =>
    (call: { metadata: Metadata; request?: unknown }, answer: sendUnaryData<unknown>) => {
      const answerCall = async (): Promise<unknown> =>
        rpcOf(name, call.metadata)(call.request ?? call, NEVER_GONE);
      answerCall().then(
        (value) => answer(null, value),
        (error: unknown) => answer(statusOfError(error)),
      );
    };
  const streaming =
    (name: keyof Rpcs): handleServerStreamingCall<unknown, unknown> =>
    (call) => {
      const gone = new AbortController();
      call.once('cancelled', () => gone.abort());
      const run = async (): Promise<void> => {
        const messages = rpcOf(name, call.metadata)(call.request, gone.signal);
        for await (const message of messages as AsyncIterable<unknown>)
          if (!call.write(message)) await drained(call, gone.signal);
        call.end();
      };
      run().catch((error: unknown) => call.emit('error', statusOfError(error)));
    };

  const handlers: Record<string, UntypedHandleCall> = {};
  for (const [name, rpc] of Object.entries(TaskCommandRouterService) as [
    keyof Rpcs,
    { responseStream: boolean },
  ][])
    handlers[name] = rpc.responseStream ? streaming(name) : answering(name);
  server.addService(TaskCommandRouterService, handlers);
  const { host: ownHost, port: wantedPort } = host.routerPlace;
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(hostAndPort(ownHost, wantedPort), ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { address: hostAndPort(ownHost, port), close: () => server.forceShutdown() };
};

const NEVER_GONE = new AbortController().signal;

const drained = (call: ServerWritableStream<unknown, unknown>, gone: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    call.once('drain', resolve);
    gone.addEventListener('abort', () => resolve(), { once: true });
  });

import { randomUUID } from 'node:crypto';
import {
  Server,
  type handleServerStreamingCall,
  type handleUnaryCall,
  type Metadata,
  type ServerInterceptor,
  type UntypedHandleCall,
} from '@grpc/grpc-js';
import { RefusedError } from '@slipway/kernel';
import { callerKey, type Caller } from '@slipway/gateway-core';
import {
  deterministicId,
  explainTooLarge,
  ModalClientService,
  readRpcHeaders,
  type HeaderLookup,
} from '@slipway/protocol';
import type { Logger } from '@slipway/telemetry';
import type { Authenticator } from '../access/authenticator.js';
import type { RequestGate } from '../access/request-gate.js';
import type { RpcAnswers, RpcCall, RpcName } from './rpc.js';
import { MOST_STALLED_MS } from '../streams/unless-stalled.js';
import { drained } from './drained.js';
import { KnownCallers } from './known-callers.js';
import { isAskedByNobody } from './open-rpcs.js';
import { rpcStatusOf } from './rpc-status.js';
import { withPatience } from '../with-patience.js';

const MESSAGE_LIMIT_BYTES = 128 * 1024 * 1024;

/** Each call that is waited for parks one poll, and a client has one connection: beyond this, requests wait for others to end. */
const MOST_STREAMS_PER_CONNECTION = 8_192;

const CLIENT_PATHS: ReadonlySet<string> = new Set(Object.values(ModalClientService).map(({ path }) => path));

const NOBODY: Caller = {
  kind: 'token',
  tokenId: '',
  workspaceId: '',
  workspaceName: '',
  defaultEnvironment: '',
  principal: { principalId: '', kind: 'member', name: '', role: 'member' },
  environmentRoles: {},
  roleElsewhere: 'no-access',
};

/**
 * Who reads logs holds a turn that others wait for, and comes again with its cursor. Who reads items or entries may work on one for
 * hours, and would miss the rest.
 */
const ENDED_WHEN_STALLED: ReadonlySet<RpcName> = new Set<RpcName>(['appGetLogs']);

type AnyUnary = (request: unknown, call: RpcCall) => Promise<unknown>;
type AnyStreaming = (request: unknown, call: RpcCall) => AsyncIterable<unknown>;
type Asked = Readonly<{ metadata: Metadata; request: unknown }>;

export type ServeOptions = Readonly<{
  answers: RpcAnswers;
  authenticator: Authenticator;
  gate: RequestGate;
  logger: Logger;
  /** For what else this server answers: who may ask that. */
  interceptors: readonly ServerInterceptor[];
  /** How long who reads logs may take nothing of them while there are more. */
  mostStalledMs?: number;
}>;

/** A gRPC server that answers the client protocol on connections that are handed to it; it binds no port. */
export const serveRpcs = ({
  answers,
  authenticator,
  gate,
  logger,
  interceptors,
  mostStalledMs = MOST_STALLED_MS,
}: ServeOptions): Server => {
  const fail = (name: string, error: unknown) => {
    if (!(error instanceof RefusedError)) logger.error({ err: error, rpc: name }, 'rpc failed');
    return rpcStatusOf(error);
  };

  const callers = new KnownCallers<Caller>(
    CLIENT_PATHS,
    (path, metadata, isOver) => {
      const header = headerLookup(metadata);
      if (isAskedByNobody(path, header)) return NOBODY;
      return withPatience(() => authenticator.authenticate(header), isOver);
    },
    fail,
  );

  const server = new Server({
    'grpc.max_receive_message_length': MESSAGE_LIMIT_BYTES,
    'grpc.max_send_message_length': MESSAGE_LIMIT_BYTES,
    'grpc.max_concurrent_streams': MOST_STREAMS_PER_CONNECTION,
    interceptors: [explainTooLarge, callers.interceptor, ...interceptors],
  });

  const admitted = async (name: RpcName, { metadata, request }: Asked): Promise<Caller> => {
    const caller = callers.of(metadata);
    await gate.check(name, request, caller);
    return caller;
  };

  const unary =
    (name: RpcName): handleUnaryCall<unknown, unknown> =>
    (call, callback) => {
      const answer = answers[name] as AnyUnary;
      const header = headerLookup(call.metadata);
      // Without a key of the client's the attempts that are made here still share one.
      const ownKey = randomUUID();
      const rpc = async (): Promise<unknown> =>
        answer(call.request, rpcCall(name, header, await admitted(name, call), call, ownKey));
      withPatience(rpc, () => call.cancelled).then(
        (response) => callback(null, response),
        (error: unknown) => callback(fail(name, error)),
      );
    };

  const streaming =
    (name: RpcName): handleServerStreamingCall<unknown, unknown> =>
    (call) => {
      const answer = answers[name] as AnyStreaming;
      const header = headerLookup(call.metadata);
      const patience = ENDED_WHEN_STALLED.has(name) ? mostStalledMs : Infinity;
      const run = async (): Promise<void> => {
        const caller = await withPatience(
          () => admitted(name, call),
          () => call.cancelled,
        );
        for await (const message of answer(call.request, rpcCall(name, header, caller, call, randomUUID()))) {
          if (call.cancelled) return;
          if (!call.write(message) && !(await drained(call, patience))) break;
        }
        call.end();
      };
      run().catch((error: unknown) => call.emit('error', fail(name, error)));
    };

  const handlers: Record<string, UntypedHandleCall> = {};
  for (const [name, rpc] of Object.entries(ModalClientService) as [RpcName, { responseStream: boolean }][])
    handlers[name] = rpc.responseStream ? streaming(name) : unary(name);
  server.addService(ModalClientService, handlers);
  return server;
};

const headerLookup =
  (metadata: Metadata): HeaderLookup =>
  (name) =>
    metadata.get(name)[0]?.toString();

type Incoming = Readonly<{
  getPeer(): string;
  getHost(): string;
  cancelled: boolean;
  once(event: 'cancelled', listener: () => void): unknown;
}>;

const cancellation = (call: Incoming): AbortSignal => {
  const controller = new AbortController();
  if (call.cancelled) controller.abort();
  else call.once('cancelled', () => controller.abort());
  return controller.signal;
};

/** Of an authority: `localhost:8080`, `[::1]:8080`. */
const hostOf = (authority: string): string => authority.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');

const rpcCall = (
  name: RpcName,
  header: HeaderLookup,
  caller: Caller,
  call: Incoming,
  ownKey: string,
): RpcCall => {
  const headers = readRpcHeaders(header);
  const key = headers.idempotencyKey ?? ownKey;
  let cancelled: AbortSignal | undefined;
  return {
    caller,
    headers,
    // The Go client sends no header of its own.
    get host(): string {
      return headers.host ?? hostOf(call.getHost());
    },
    get peer(): string {
      return call.getPeer();
    },
    // Made only for those who look: most rpcs are over before their client can leave.
    get cancelled(): AbortSignal {
      cancelled ??= cancellation(call);
      return cancelled;
    },
    newId: (prefix) => deterministicId(prefix, callerKey(caller), key, name),
  };
};

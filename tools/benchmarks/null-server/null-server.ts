import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server, ServerCredentials, type handleUnaryCall } from '@grpc/grpc-js';
import {
  ClientHelloResponse,
  ContainerHeartbeatResponse,
  Empty,
  FunctionCallType,
  FunctionGetDynamicConcurrencyResponse,
  FunctionGetResponse,
  FunctionMapResponse,
  FunctionPutInputsResponse,
  ModalClientService,
  type ModalClientServer,
} from '@slipway/protocol';
import { NullCalls } from './null-calls.ts';

type RequestOf<Handler> = Handler extends handleUnaryCall<infer Request, infer _Response> ? Request : never;
type ResponseOf<Handler> = Handler extends handleUnaryCall<infer _Request, infer Response> ? Response : never;
type Answers = {
  readonly [Name in keyof ModalClientServer]?: (
    request: RequestOf<ModalClientServer[Name]>,
  ) => ResponseOf<ModalClientServer[Name]> | Promise<ResponseOf<ModalClientServer[Name]>>;
};

const heartbeatHeldMs = 12_000;
const anySize = { 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 };

/** The least that a client and a container need of a server: what a call costs when nothing is decided, kept or isolated. */
const answers = (functionGet: FunctionGetResponse, calls: NullCalls): Answers => ({
  clientHello: () => ClientHelloResponse.fromPartial({}),
  functionGet: () => functionGet,
  functionMap: ({ functionCallType, pipelinedInputs }) => {
    const { callId, accepted } = calls.create(pipelinedInputs);
    return FunctionMapResponse.fromPartial({
      functionCallId: callId,
      pipelinedInputs: functionCallType === FunctionCallType.UNARY ? accepted : [],
      functionCallJwt: 'e30.e30.e30',
      maxInputsOutstanding: 1_000,
    });
  },
  functionPutInputs: ({ functionCallId, inputs }) =>
    FunctionPutInputsResponse.fromPartial({ inputs: calls.put(functionCallId, inputs) }),
  functionGetOutputs: (request) => calls.outputs(request),
  containerHello: () => Empty.create(),
  containerHeartbeat: async () => {
    await sleep(heartbeatHeldMs);
    return ContainerHeartbeatResponse.create();
  },
  functionGetInputs: (request) => calls.take(request),
  functionPutOutputs: (request) => {
    calls.finish(request);
    return Empty.create();
  },
  functionGetDynamicConcurrency: ({ maxConcurrency }) =>
    FunctionGetDynamicConcurrencyResponse.fromPartial({ concurrency: maxConcurrency }),
});

const bind = (server: Server, address: string): Promise<number> =>
  new Promise((done, fail) =>
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) =>
      error === null ? done(port) : fail(error),
    ),
  );

/** Arguments: a folder, where `function-get` holds a FunctionGetResponse and the socket for containers is made. Prints the port. */
const serve = async (folder: string): Promise<void> => {
  const functionGet = FunctionGetResponse.decode(readFileSync(join(folder, 'function-get')));
  const server = new Server(anySize);
  for (const [name, answer] of Object.entries(answers(functionGet, new NullCalls()))) {
    const rpc = ModalClientService[name as keyof ModalClientService];
    const handle: handleUnaryCall<unknown, unknown> = (call, reply) => {
      Promise.resolve((answer as (request: unknown) => unknown)(call.request)).then(
        (response) => reply(null, response),
        (error: unknown) => reply(error as Error),
      );
    };
    server.register(
      rpc.path,
      handle,
      rpc.responseSerialize as never,
      rpc.requestDeserialize as never,
      'unary',
    );
  }
  const socket = join(folder, 'control.sock');
  await bind(server, `unix:${socket}`);
  chmodSync(socket, 0o666);
  console.log(await bind(server, '127.0.0.1:0'));
};

await serve(process.argv[2]!);

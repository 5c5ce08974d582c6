import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, credentials } from '@grpc/grpc-js';
import type { TaskAssignment } from '@slipway/contracts';
import { DataFormat, FunctionCallPutDataRequest, ModalClientService } from '@slipway/protocol';
import { ContainerSession } from './container-session.js';
import { MESSAGE_LIMITS } from './message-limits.js';
import { serveControlSocket } from './serve-control-socket.js';

const MIB = 1024 * 1024;
const REQUEST_BYTES = 16 * MIB;
const REQUESTS = 10;
const unused = (): void => undefined;

let close: () => Promise<void>;
afterEach(() => close());

/** The session of a container that has an input of fc-1. */
const sessionOf = (): ContainerSession => {
  const session = new ContainerSession({ taskId: 'ta-1', inputTimeoutMs: 60_000 } as TaskAssignment, {
    ...{ onHello: unused, onReady: unused, onInitFailure: unused, onLeaving: unused },
    ...{ onOverdue: unused, onHeld: unused },
  });
  session.inputs.take([{ inputId: 'in-1', callId: 'fc-1' } as never], 0);
  return session;
};

/** A container on a real socket, while nothing that it puts gets any further until it is let. */
const container = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'data-out-'));
  const path = join(folder, 'control.sock');
  const parked: (() => void)[] = [];
  const arrived = { count: 0, told: unused };
  const putBlob = async (): Promise<string> => {
    await new Promise<void>((resolve) => {
      arrived.count += 1;
      parked.push(resolve);
      arrived.told();
    });
    return 'bl-1';
  };
  const host = {
    config: { dataOutRate: { bytesPerSecond: MIB, burstBytes: MIB } },
    bus: { connection: { jetstream: () => ({ publish: async () => undefined }), isClosed: () => false } },
    objects: { putBlob },
    gateway: { unary: () => unused, serverStream: () => unused },
    logger: { warn: unused },
  };
  const session = sessionOf();
  const socket = await serveControlSocket(host as never, session, path);
  const client = new Client(`unix:${path}`, credentials.createInsecure(), MESSAGE_LIMITS);
  close = async () => {
    client.close();
    socket.close();
    session.close();
    await rm(folder, { recursive: true });
  };
  const { functionCallPutDataOut: rpc, containerHello } = ModalClientService;
  const ask = (path: string) =>
    promisify(
      (request: FunctionCallPutDataRequest, answer: (error: Error | null, answer?: unknown) => void) =>
        client.makeUnaryRequest(path, rpc.requestSerialize, rpc.responseDeserialize, request, answer),
    );
  return {
    ...{ parked, arrived },
    put: ask(rpc.path),
    /** Another rpc of the same weight: what it is sent is no field of its own, and skipped. */
    hello: ask(containerHello.path),
    untilArrived: (count: number) =>
      new Promise<void>((resolve) => {
        arrived.told = () => void (arrived.count >= count && resolve());
        arrived.told();
      }),
  };
};

test('requests to put items beyond 32 MiB stay in the container, which can ask all else meanwhile', async () => {
  const { parked, arrived, hello, put, untilArrived } = await container();
  const request = FunctionCallPutDataRequest.fromPartial({
    callInfo: { $case: 'functionCallId', value: 'fc-1' },
    dataChunks: [
      {
        index: 1,
        dataFormat: DataFormat.PICKLE,
        dataOneof: { $case: 'data', value: Buffer.alloc(REQUEST_BYTES) },
      },
    ],
  });
  const answers = Array.from({ length: REQUESTS }, () => put(request));
  await untilArrived(2);
  for (let time = 0; time < 3; time += 1) await hello(request);
  // Two fill the bound, and three were being read beside them.
  expect(arrived.count).toBeLessThanOrEqual(5);
  for (let done = 0; done < REQUESTS; done += 1) {
    await untilArrived(done + 1);
    parked.shift()!();
  }
  expect(await Promise.all(answers)).toHaveLength(REQUESTS);
}, 60_000);

test('a container puts no item into a call that is not in its hands', async () => {
  const { put } = await container();
  await expect(
    put(FunctionCallPutDataRequest.fromPartial({ callInfo: { $case: 'functionCallId', value: 'fc-2' } })),
  ).rejects.toThrow("function_call_id is 'fc-2'");
});

import { status } from '@grpc/grpc-js';
import {
  DATA_OUT_STREAM,
  dataOutSubject,
  type DataChunkMessage,
  type OutputsReady,
} from '@slipway/contracts';
import { Bus, ensureStreams } from '@slipway/messaging';
import { FunctionCallGetDataRequest, GeneratorDone } from '@slipway/protocol';
import { JSONCodec } from 'nats';
import { startKillableNats, type KillableNats } from '../../../../../tools/testing/killable-nats.ts';
import { rpcStatusOf } from '../rpc-status.js';
import { DataOutReaders } from './data-out-readers.js';
import { functionCallGetDataOut } from './function-call-get-data-out.rpc.js';

const codec = JSONCodec<DataChunkMessage>();
let nats: KillableNats;
let bus: Bus;
let calls = 0;

beforeAll(async () => {
  nats = await startKillableNats();
  bus = await Bus.connect({ url: nats.natsUrl, service: 'gateway' });
  await ensureStreams(bus);
}, 60_000);
afterAll(async () => {
  await bus.connection.close();
  await nats.stop();
});

const yields = async (callId: string, ...indexes: number[]): Promise<void> => {
  for (const index of indexes) {
    const message = { index, dataFormat: 'pickle', data: { inline: '' } };
    await bus.connection.jetstream().publish(dataOutSubject(callId), codec.encode(message));
  }
};
const running: OutputsReady = { outputs: [], lastEntry: 0, unfinishedInputs: 1 };
const endedAfter = (itemsTotal: number): OutputsReady => {
  const inline = Buffer.from(GeneratorDone.encode({ itemsTotal }).finish()).toString('base64');
  const outcome = { kind: 'success', dataFormat: 'generator-done', payload: { inline } } as const;
  const output = { entry: 1, idx: 0, inputId: 'in-1', retryCount: 0, finishedAt: 1, outcome };
  return { outputs: [output], lastEntry: 1, unfinishedInputs: 0 };
};

/** What a client reads that has all up to an index, until it has so many items or is told that one is lost. */
const read = async (
  callId: string,
  call: OutputsReady,
  { lastIndex, items }: { lastIndex: number; items: number },
) => {
  const left = new AbortController();
  const parts = { bus: { connection: bus.connection, request: async () => call } } as never;
  const request = FunctionCallGetDataRequest.fromPartial({
    callInfo: { $case: 'functionCallId', value: callId },
    lastIndex,
  });
  const asked = { caller: { workspaceId: 'ac-1' }, cancelled: left.signal } as never;
  const indexes: number[] = [];
  try {
    for await (const { index } of functionCallGetDataOut(parts, new DataOutReaders())(request, asked)) {
      indexes.push(index);
      if (indexes.length === items) left.abort();
    }
    return { indexes };
  } catch (error) {
    const { code, details } = rpcStatusOf(error);
    return { indexes, code, details };
  }
};
const newCall = (): string => `fc-${(calls += 1)}`;

test('the items of a generator that is tried again come once each', async () => {
  const callId = newCall();
  await yields(callId, 1, 2, 1, 2, 3);
  expect(await read(callId, running, { lastIndex: 0, items: 3 })).toEqual({ indexes: [1, 2, 3] });
});

test('an item that went before it was read is told as lost, while later ones come', async () => {
  const callId = newCall();
  await yields(callId, 1, 2, 3, 4);
  const { streams } = await bus.connection.jetstreamManager();
  await streams.purge(DATA_OUT_STREAM, { filter: dataOutSubject(callId), keep: 2 });
  const read0 = await read(callId, running, { lastIndex: 1, items: 1 });
  expect(read0).toMatchObject({ indexes: [], code: status.DATA_LOSS });
  expect(read0.details).toContain(`Item 2 of call ${callId} is lost`);
  expect(await read(callId, running, { lastIndex: 2, items: 2 })).toEqual({ indexes: [3, 4] });
});

test('the last items of a generator that has ended are told as lost when nothing is left of them', async () => {
  const callId = newCall();
  expect(await read(callId, endedAfter(2), { lastIndex: 0, items: 1 })).toMatchObject({
    indexes: [],
    code: status.DATA_LOSS,
  });
  await yields(callId, 1, 2);
  expect(await read(callId, endedAfter(2), { lastIndex: 0, items: 2 })).toEqual({ indexes: [1, 2] });
  expect(await read(callId, endedAfter(3), { lastIndex: 2, items: 1 })).toMatchObject({
    indexes: [],
    details: expect.stringContaining('Item 3 '),
  });
});

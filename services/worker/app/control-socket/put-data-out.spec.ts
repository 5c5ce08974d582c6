import type { DataChunkMessage } from '@slipway/contracts';
import { DataFormat, FunctionCallPutDataRequest } from '@slipway/protocol';
import { JSONCodec } from 'nats';
import { dataOutOf } from './put-data-out.js';

const codec = JSONCodec<DataChunkMessage>();
const ITEM_BYTES = 30_000;
/** As it is in the stream: in base64, and with a little around it. */
const MESSAGE_BYTES = (ITEM_BYTES * 4) / 3 + 100;
const RATE = { bytesPerSecond: 100_000, burstBytes: 10 * MESSAGE_BYTES };

/** A container whose generator yields so many items at once: which of them came into the stream, and how long that took. */
const yielding = async (count: number, { callId = 'fc-1', endsAtMs = Infinity } = {}) => {
  const indexes: number[] = [];
  let nowMs = 0;
  const end = new AbortController();
  const publish = async (_: string, message: Uint8Array): Promise<void> =>
    void indexes.push(codec.decode(message).index);
  const put = dataOutOf(
    {
      config: { dataOutRate: RATE },
      bus: { connection: { jetstream: () => ({ publish }), isClosed: () => false } },
    } as never,
    {
      assignment: { taskId: 'ta-1', workspaceId: 'ac-1' },
      inputs: { serves: (callId: string) => callId === 'fc-1' },
      ended: end.signal,
    } as never,
    {
      now: () => nowMs,
      pause: async (ms) => {
        nowMs += ms;
        if (nowMs >= endsAtMs) end.abort();
      },
    },
  );
  await put(
    FunctionCallPutDataRequest.fromPartial({
      callInfo: { $case: 'functionCallId', value: callId },
      dataChunks: Array.from({ length: count }, (_, at) => ({
        ...{ index: at + 1, dataFormat: DataFormat.PICKLE },
        dataOneof: { $case: 'data', value: Buffer.alloc(ITEM_BYTES) },
      })),
    }),
  );
  return { indexes, tookMs: nowMs };
};

test('a generator that yields no more than its share does not wait', async () => {
  expect(await yielding(10)).toEqual({ indexes: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], tookMs: 0 });
});

test('one that yields more waits, and loses nothing', async () => {
  const { indexes, tookMs } = await yielding(60);
  expect(indexes).toEqual(Array.from({ length: 60 }, (_, at) => at + 1));
  const shareMs = (49 * MESSAGE_BYTES * 1000) / RATE.bytesPerSecond;
  expect(tookMs).toBeGreaterThan(shareMs);
  expect(tookMs).toBeLessThan(shareMs * 1.2);
});

test('what a container still waits with when it ends is dropped', async () => {
  const { indexes, tookMs } = await yielding(60, { endsAtMs: 2_000 });
  expect(indexes.length).toBeLessThan(20);
  expect(tookMs).toBe(2_000);
});

test('a container puts nothing into a call of which it has no input', async () => {
  await expect(yielding(1, { callId: 'fc-2' })).rejects.toThrow(
    "function_call_id is 'fc-2', but must be a call of which",
  );
});

import { jest } from '@jest/globals';
import { LOGS_STREAM, logSubject, logSubjects, type AppView, type LogBatch } from '@slipway/contracts';
import type { LogLine } from '@slipway/gateway-core';
import { Bus, ensureStreams } from '@slipway/messaging';
import { AppGetLogsRequest, type TaskLogsBatch } from '@slipway/protocol';
import { headers, JSONCodec } from 'nats';
import { startKillableNats, type KillableNats } from '../../../../tools/testing/killable-nats.ts';
import { appGetLogs } from '../client-protocol/logs/app-get-logs.rpc.js';
import { readStream } from '../streams/read-stream.js';
import { scanStream } from '../streams/scan-stream.js';
import { followLines } from './follow-lines.js';
import { LogHistory } from './log-history.js';
import type { LogSource } from './log-source.js';

const HOUR_MS = 3_600_000;
const stays = new AbortController().signal;
const codec = JSONCodec<LogBatch>();

let nats: KillableNats;
let bus: Bus;
let apps = 0;

beforeAll(async () => {
  nats = await startKillableNats();
  bus = await Bus.connect({ url: nats.natsUrl, service: 'gateway' });
  await ensureStreams(bus);
}, 60_000);
afterAll(async () => {
  await bus.connection.close();
  await nats.stop();
});

/** An app of its own, whose containers said this. */
const appThatSaid = async (state: AppView['state'], ...texts: readonly string[]): Promise<LogSource> => {
  const appId = `ap-${(apps += 1)}`;
  const task = { appId, functionId: 'fu-1', baseFunctionId: 'fu-1', taskId: 'ta-1' };
  const counted = headers();
  counted.set('Slipway-Lines', '0:1.0.0');
  for (const data of texts) {
    const entries = [{ kind: 'output', at: Date.now(), stream: 'stdout', data } as const];
    await bus.connection
      .jetstream()
      .publish(logSubject(task), codec.encode({ ...task, entries }), { headers: counted });
  }
  const app = { appId, workspaceId: 'ac-1', state, environment: 'main' } as AppView;
  return { app, subject: logSubjects(appId), filter: {} };
};
const reading = (source: LogSource, cancelled = stays) => {
  const now = Date.now();
  return { source, range: { since: now - 60_000, until: now + 60_000 }, cancelled };
};
const subjectsOf = ({ subject }: LogSource) => ({ stream: LOGS_STREAM, subjects: [subject] });

/** The bus, where the scheduler knows the app in this state. */
const busKnowing = ({ app }: LogSource, state: AppView['state']): Bus =>
  ({ connection: bus.connection, request: () => Promise.resolve({ ...app, state }) }) as unknown as Bus;

describe('the past', () => {
  test('comes also in messages that hardly fit', async () => {
    const text = '\u0001'.repeat(232_000);
    const source = await appThatSaid('running', text, text, text, text, text, text);
    const lines = await new LogHistory(bus).newest(reading(source), 100);
    expect(lines.map(({ data }) => data.length)).toEqual(Array(6).fill(text.length));
  });

  test('is not read any more when its reader has left', async () => {
    const source = await appThatSaid('running', 'one\n', 'two\n');
    const gone = new AbortController();
    const scan = scanStream(bus.connection, {
      ...subjectsOf(source),
      sinceMs: 0,
      untilMs: Infinity,
      cancelled: gone.signal,
    });
    await scan.next();
    gone.abort();
    await expect(scan.next()).rejects.toMatchObject({ refusal: { code: 'reader-left' } });
    await expect(new LogHistory(bus).newest(reading(source, gone.signal), 1)).rejects.toMatchObject({
      refusal: { code: 'reader-left' },
    });
  });
});

test('a reader that leaves while its stream is opened is not kept', async () => {
  const source = await appThatSaid('running');
  const gone = new AbortController();
  const messages = readStream(bus.connection, {
    ...subjectsOf(source),
    afterSequence: 0,
    untilMs: Infinity,
    cancelled: gone.signal,
    cameAhead: 'left',
  });
  const first = messages[Symbol.asyncIterator]().next();
  gone.abort();
  expect(await first).toMatchObject({ done: true });
});

describe('what came ahead when the time of a reading is over', () => {
  const readSlowly = async (cameAhead: 'handed-on' | 'left', end: 'time' | 'gone') => {
    const source = await appThatSaid('running', 'one\n', 'two\n', 'three\n');
    const gone = new AbortController();
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const ends = {
      gone: () => gone.abort(),
      time: () => timers.mock.calls.find(([, ms]) => ms !== undefined && ms > HOUR_MS)![0](),
    };
    const texts: string[] = [];
    const options = { afterSequence: 0, untilMs: Date.now() + 2 * HOUR_MS, cancelled: gone.signal };
    for await (const message of readStream(bus.connection, {
      ...subjectsOf(source),
      ...options,
      cameAhead,
    })) {
      for (const entry of message.json<LogBatch>().entries)
        if (entry.kind === 'output') texts.push(entry.data);
      if (message.info.pending === 1) ends[end]();
    }
    timers.mockRestore();
    return texts;
  };

  test('is left to the next by readers that come again with a cursor', async () => {
    expect(await readSlowly('left', 'time')).toEqual(['one\n', 'two\n']);
  });

  test('is handed on to those that begin at the first again', async () => {
    expect(await readSlowly('handed-on', 'time')).toEqual(['one\n', 'two\n', 'three\n']);
  });

  test('is handed on to nobody who is gone', async () => {
    expect(await readSlowly('handed-on', 'gone')).toEqual(['one\n', 'two\n']);
  });
});

test('a follower ends with its app, though nobody says so in the log', async () => {
  const source = await appThatSaid('running', 'one\n', 'last\n');
  const lines: LogLine[] = [];
  for await (const some of followLines(busKnowing(source, 'stopped'), source, 0, stays, 100))
    lines.push(...some);
  expect(lines.map(({ data }) => data)).toEqual(['one\n', 'last\n']);
});

describe('the log of an app that is over', () => {
  const answers = async (source: LogSource, timeout: number): Promise<readonly TaskLogsBatch[]> => {
    const parts = { bus: busKnowing(source, 'stopped') } as never;
    const request = AppGetLogsRequest.fromPartial({ appId: source.app.appId, timeout });
    const call = { caller: { workspaceId: 'ac-1' }, cancelled: stays } as never;
    const batches: TaskLogsBatch[] = [];
    for await (const batch of appGetLogs(parts)(request, call)) batches.push(batch);
    return batches;
  };

  test('is said to be whole when all of it was read', async () => {
    const batches = await answers(await appThatSaid('stopped', 'one\n', 'two\n'), 55);
    expect(batches.map(({ appDone, items }) => (appDone ? 'done' : items[0]?.data))).toEqual([
      'one\n',
      'two\n',
      'done',
    ]);
  });

  test('is not said to be whole when time ended the reading', async () => {
    const batches = await answers(await appThatSaid('stopped', 'one\n', 'two\n'), 0.5);
    expect(batches.some(({ appDone }) => appDone)).toBe(false);
  });
});

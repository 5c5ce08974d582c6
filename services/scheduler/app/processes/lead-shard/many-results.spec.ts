import { setImmediate } from 'node:timers/promises';
import type { FunctionSpec, OutputItem } from '@slipway/contracts';
import { openLog, type OpenedLog } from '@slipway/event-store';
import { createScheduler, replayLog, takeSnapshot, type HotState } from '@slipway/scheduler-core';
import { overPostgres } from '../../../../../tools/testing/over-postgres.ts';

const MOST_HELD_BYTES = 64 * 1024 * 1024;
const RESULT_BYTES = 8 * 1024;
const COUNT = 8_000;
const BATCH = 500;

const shard = 'all';
const worker = { workerId: 'wo-1', bootId: 'boot-1' };
const app = { appId: 'ap-1', workspaceId: 'ws-1' };
const call = { callId: 'fc-1', workspaceId: 'ws-1' };
const idOf = (idx: number): string => `in-${idx}`;
const resultOf = (idx: number): string => Buffer.from(idOf(idx).padEnd(RESULT_BYTES, '.')).toString('base64');

const inputOf = (idx: number) => ({
  ...{ idx, inputId: idOf(idx) },
  ...{ args: { inline: '' }, dataFormat: 'pickle' as const },
});
const spec: FunctionSpec = {
  ...{ tag: 'f', imageId: 'im-1', mountIds: [], secretIds: [] },
  resources: { milliCpu: 500, memoryMiB: 256, gpus: [] },
  ...{ timeoutMs: 60_000, startupTimeoutMs: 60_000 },
  autoscaler: { minContainers: 0, maxContainers: 0, bufferContainers: 0, scaledownWindowMs: 10_000 },
  ...{ maxConcurrentInputs: BATCH, targetConcurrentInputs: BATCH },
  ...{ network: 'open', lifetime: 'reused', purpose: 'serve' },
};

let opened: OpenedLog;
let now = 1_700_000_000_000;
let tasks = 0;

overPostgres(
  (databaseUrl) => openLog({ databaseUrl, schema: 'scheduler' }),
  (log) => (opened = log),
);

/** A scheduler that leads the log, as the last one left it. */
const start = async () => {
  const fence = await opened.leaseOf({ shard, holder: 'spec', leaseMs: 600_000 }).acquire();
  const { state } = await replayLog(opened.log, await opened.snapshotsOf(shard).load());
  await opened.log.findEnd();
  const never = new Promise<void>(() => undefined);
  const scheduler = createScheduler(
    {
      now: () => now,
      busHeardAt: () => now,
      newTaskId: () => `ta-${(tasks += 1)}`,
      tickIds: () => ({ callId: '', inputId: '' }),
      append: async (events) => void (await opened.log.append(events, fence)),
      readStream: (...asked) => opened.log.readStream(...asked),
      readVersions: (...asked) => opened.log.readVersions(...asked),
      yieldTurn: () => setImmediate(),
      timer: () => ({ elapsed: never, cancel: () => undefined }),
      wakeAt: () => undefined,
      nudgeWorker: () => undefined,
      workerInTrouble: () => undefined,
      appDone: () => undefined,
      fenced: (error) => {
        throw error;
      },
    },
    state,
  );
  return { scheduler, state, requests: scheduler.requests };
};

type Running = Awaited<ReturnType<typeof start>>;

const runMap = async ({ requests }: Running): Promise<void> => {
  await requests['create-app']({ ...app, environment: 'main', description: '', lifetime: 'deployed' });
  await requests['create-function']({ ...app, functionId: 'fu-1', spec, definitionDigest: 'd' });
  await requests['publish-app']({
    ...app,
    ...{ name: 'shop', lifetime: 'deployed', functionIds: { f: 'fu-1' }, classIds: {}, definitionIds: {} },
  });
  await requests['create-call']({
    ...call,
    ...{ functionId: 'fu-1', shape: 'map', invocation: 'async', inputs: [] },
  });
  const capacity = { milliCpu: 4_000, memoryMiB: 4_096, gpus: [], runtime: 'runc' } as const;
  await requests['sync-worker']({ ...worker, capacity, tasks: [], cachedImageIds: [], draining: false });
  for (let first = 0; first < COUNT; first += BATCH) {
    const indexes = Array.from({ length: BATCH }, (_, n) => first + n);
    await requests['put-inputs']({ ...call, inputs: indexes.map(inputOf) });
    const of = { ...worker, taskId: 'ta-1', holding: [], maxInputs: BATCH, lingerMs: 0, waitMs: 0 };
    const { inputs } = await requests['take-inputs'](of);
    expect(inputs).toHaveLength(BATCH);
    await requests['put-outputs']({
      ...{ workerId: 'wo-1', taskId: 'ta-1' },
      outputs: indexes.map((idx) => ({
        ...{ inputId: idOf(idx), retryCount: 0 },
        outcome: { kind: 'success', dataFormat: 'pickle', payload: { inline: resultOf(idx) } },
      })),
    });
  }
};

const readAll = async ({ requests }: Running): Promise<readonly OutputItem[]> => {
  const all: OutputItem[] = [];
  for (;;) {
    const asked = { afterEntry: all.length, maxOutputs: 1_000, waitMs: 0 };
    const { outputs } = await requests['await-outputs']({ ...call, ...asked });
    if (outputs.length === 0) return all;
    all.push(...outputs);
  }
};

const expectAll = async (running: Running): Promise<void> => {
  const outputs = await readAll(running);
  // Such lists are too long for a test's report.
  const wrong = outputs.findIndex(
    ({ inputId, outcome: { payload } }, idx) =>
      inputId !== idOf(idx) || JSON.stringify(payload) !== JSON.stringify({ inline: resultOf(idx) }),
  );
  expect([outputs.length, wrong]).toEqual([COUNT, -1]);
};

const resultBytes = (state: HotState): number => {
  let bytes = 0;
  for (const input of state.inputs.values())
    if (input.status === 'finished' && 'payload' in input.outcome)
      bytes += JSON.stringify(input.outcome.payload).length;
  return bytes;
};

test('a map of more results than have room in memory is answered whole and in order, also by who leads next', async () => {
  const first = await start();
  await runMap(first);
  expect(COUNT * resultOf(0).length).toBeGreaterThan(MOST_HELD_BYTES);
  expect(resultBytes(first.state)).toBeLessThanOrEqual(MOST_HELD_BYTES);
  await expectAll(first);

  const second = await start();
  expect(resultBytes(second.state)).toBeLessThanOrEqual(MOST_HELD_BYTES);
  await expectAll(second);

  const saved = { position: opened.log.position, state: takeSnapshot(second.state) };
  await opened.snapshotsOf(shard).save(saved);
  const third = await start();
  expect(resultBytes(third.state)).toBe(resultBytes(second.state));
  await expectAll(third);

  now += 11 * 60_000;
  third.scheduler.evict();
  expect(third.state.inputs.size).toBe(0);
  await expectAll(third);
  expect(third.state.inputs.size).toBe(COUNT);
  expect(resultBytes(third.state)).toBe(0);
});

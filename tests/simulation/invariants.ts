import type { InputId } from '@slipway/contracts';
import { restoreSnapshot, takeSnapshot, type HotState } from '@slipway/scheduler-core';
import { describeState } from '../../services/scheduler/core/testing/describe-state.testing.js';
import { foldAll } from '../../services/scheduler/core/testing/scheduler-process.testing.js';
import { brokenSchedules } from './broken-schedules.js';
import type { Ledger } from './simulated-client.js';
import type { World } from './world.js';

/** What must hold at every moment. */
export const brokenNow = (state: HotState): readonly string[] => {
  const broken: string[] = [];
  for (const input of state.inputs.values()) {
    if (input.status !== 'running') continue;
    const holders = [...state.runningOfTask].filter(([, inputs]) => inputs.has(input.inputId));
    if (holders.length !== 1 || holders[0]?.[0] !== input.taskId)
      broken.push(`${input.inputId} runs on ${holders.map(([taskId]) => taskId).join(' and ') || 'nothing'}`);
    const task = state.tasks.get(input.taskId);
    if (task === undefined || task.status === 'ended')
      broken.push(`${input.inputId} runs on ${input.taskId}, which has ended`);
  }
  for (const worker of state.workers.values()) {
    const tasks = [...(state.tasksOfWorker.get(worker.workerId) ?? [])].flatMap((id) => {
      const task = state.tasks.get(id);
      return task === undefined ? [] : [task];
    });
    const milliCpu = tasks.reduce((sum, task) => sum + task.milliCpu, 0);
    const memoryMiB = tasks.reduce((sum, task) => sum + task.memoryMiB, 0);
    const gpus = tasks.flatMap((task) => task.gpuIndexes);
    if (milliCpu > worker.capacity.milliCpu || memoryMiB > worker.capacity.memoryMiB)
      broken.push(`${worker.workerId} holds ${milliCpu} mCPU and ${memoryMiB} MiB, more than it has`);
    if (new Set(gpus).size !== gpus.length) broken.push(`${worker.workerId} has a GPU in two containers`);
  }
  return broken;
};

/** What must hold once failures have stopped and everything has come to rest. */
export const brokenAtRest = (world: World, ledgers: readonly Ledger[]): readonly string[] => {
  const state = world.scheduler?.state;
  if (state === undefined) return ['no scheduler is there'];
  const broken: string[] = [];
  const ends = new Map<InputId, number>();
  for (const { type, data } of world.log.events) {
    const { inputId, reason } = data as { inputId?: InputId; reason?: string };
    if (inputId === undefined) continue;
    if (type === 'input-finished') ends.set(inputId, (ends.get(inputId) ?? 0) + 1);
    if (type === 'input-requeued' && reason === 'client-retry')
      ends.set(inputId, (ends.get(inputId) ?? 0) - 1);
    if ((ends.get(inputId) ?? 0) > 1) broken.push(`${inputId} has ended twice`);
  }
  for (const { accepted, outputs, stoppedApps } of ledgers) {
    for (const [inputId, callId] of accepted) {
      if (ends.get(inputId) !== 1)
        broken.push(`${inputId} was accepted and has ended ${ends.get(inputId) ?? 0} times`);
      const got = (outputs.get(callId) ?? []).filter((output) => output.inputId === inputId);
      if (got.length === 0) broken.push(`the output of ${inputId} was never delivered`);
      if (new Set(got.map(({ retryCount }) => retryCount)).size !== got.length)
        broken.push(`the output of ${inputId} was delivered twice for one run`);
    }
    for (const [callId, items] of outputs)
      if (new Set(items.map(({ entry }) => entry)).size !== items.length)
        broken.push(`an entry of ${callId} was delivered twice`);
    for (const appId of stoppedApps) {
      if (state.apps.get(appId)?.status !== 'stopped') broken.push(`${appId} has not stopped`);
      if (!world.appsDone.has(appId)) broken.push(`nobody was told that ${appId} is done`);
      if ((state.tasksOfApp.get(appId)?.size ?? 0) > 0)
        broken.push(`${appId} has stopped and has containers`);
    }
  }
  for (const input of state.inputs.values())
    if (input.status !== 'finished') broken.push(`${input.inputId} is ${input.status} for ever`);
  for (const fn of state.functions.keys()) {
    const spec = state.resolve(fn)?.spec;
    const app = state.apps.get(state.resolve(fn)?.appId ?? '');
    const isServed = app?.status === 'running' && state.resolve(fn)?.place === 'served';
    const least = isServed ? (spec?.autoscaler.minContainers ?? 0) : 0;
    const live = state.liveTasks(fn).length;
    const current = state.resolve(fn)?.definitionId;
    for (const task of state.liveTasks(fn))
      if (task.definitionId !== current) broken.push(`${fn} rests with ${task.taskId} of another definition`);
    if (live !== least) broken.push(`${fn} rests with ${live} containers instead of ${least}`);
  }
  broken.push(...brokenSchedules(world.log.events));
  const live = describeState(state);
  if (describeState(foldAll(world.log.events)) !== live)
    broken.push('a replay of the log gives another state');
  const restored = restoreSnapshot(JSON.parse(JSON.stringify(takeSnapshot(state))));
  if (restored === undefined || describeState(restored) !== live)
    broken.push('a snapshot gives another state');
  return broken;
};

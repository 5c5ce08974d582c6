import type { FunctionSpec, NewInput } from '@slipway/contracts';
import { evolveApp, type App } from '../app/app.state.js';
import { evolveCall, type Call } from '../call/call.state.js';
import { queueInput, type QueuedInput, type RunningInput } from '../input/input.state.js';

export const WORKSPACE = 'ws-1';

/** A plain function; `changes` says what a test is about. */
export const specOf = (changes: Partial<FunctionSpec> = {}): FunctionSpec => ({
  tag: 'f',
  imageId: 'im-1',
  mountIds: [],
  secretIds: [],
  resources: { milliCpu: 500, memoryMiB: 256, gpus: [] },
  timeoutMs: 60_000,
  startupTimeoutMs: 60_000,
  autoscaler: { minContainers: 0, maxContainers: 0, bufferContainers: 0, scaledownWindowMs: 10_000 },
  maxConcurrentInputs: 1,
  targetConcurrentInputs: 1,
  network: 'open',
  lifetime: 'reused',
  purpose: 'serve',
  ...changes,
});

export const newInput = (inputId: string, idx = 0): NewInput => ({
  idx,
  inputId,
  args: { inline: '' },
  dataFormat: 'pickle',
});

export const appOf = (changes: Partial<App> = {}): App => ({
  ...evolveApp(
    undefined,
    {
      type: 'app-created',
      data: {
        appId: 'ap-1',
        workspaceId: WORKSPACE,
        environment: 'main',
        description: '',
        lifetime: 'ephemeral',
      },
    },
    1_000,
  ),
  ...changes,
});

export const callOf = (changes: Partial<Call> = {}): Call => ({
  ...evolveCall(
    undefined,
    {
      type: 'call-created',
      data: {
        callId: 'fc-1',
        functionId: 'fu-1',
        appId: 'ap-1',
        workspaceId: WORKSPACE,
        shape: 'map',
        invocation: 'sync',
      },
    },
    1_000,
  ),
  ...changes,
});

export const queuedInput = (changes: Partial<QueuedInput> = {}): QueuedInput => ({
  ...queueInput('fc-1', newInput('in-1'), 1_000),
  ...changes,
});

export const runningInput = (changes: Partial<RunningInput> = {}): RunningInput => {
  const { availableAt: _, ...shared } = queuedInput();
  return { ...shared, status: 'running', taskId: 'ta-1', startedAt: 2_000, ...changes };
};

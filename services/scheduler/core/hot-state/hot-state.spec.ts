import * as fc from 'fast-check';
import { specOf, WORKSPACE, newInput } from '../testing/samples.testing.js';
import { describeState } from '../testing/describe-state.testing.js';
import { streamOf, type SchedulerEvent } from '../scheduler-event.js';
import { foldEvent } from './fold-event.js';
import { HotState } from './hot-state.js';
import { restoreSnapshot, takeSnapshot } from './snapshot.js';

const step = fc.record({ kind: fc.nat(14), which: fc.nat(5), other: fc.nat(5) });
const args = { inline: 'gAIpfYYu' };
type Step = Readonly<{ kind: number; which: number; other: number }>;

/** The next event that may happen in `state`; undefined when this step makes none. */
const nextEvent = (state: HotState, { kind, which, other }: Step, n: number): SchedulerEvent | undefined => {
  const appId = `ap-${which % 2}`;
  const functionId = `fu-${which % 3}`;
  const callId = `fc-${which}`;
  const taskId = `ta-${which}`;
  const task = state.tasks.get(taskId);
  const isLive = task !== undefined && task.status !== 'ended';
  const input = [...state.inputs.values()][which + 3 * other];
  const named = input && { callId: input.callId, inputId: input.inputId };
  switch (kind) {
    case 0:
      return state.apps.has(appId)
        ? { type: 'app-published', data: { ...publication, appId, name: `shop-${other}`, version: n } }
        : { type: 'app-created', data: { ...creation, appId } };
    case 1: {
      const data = { functionId, appId, workspaceId: WORKSPACE, spec: specOf(), definitionDigest: `d${n}` };
      return { type: 'function-defined', data };
    }
    case 2:
      if (!state.functions.has(functionId)) return undefined;
      return { type: 'function-scaled', data: { functionId, settings: { minContainers: other } } };
    case 3: {
      if (state.calls.has(callId)) return { type: 'call-cancelled', data: { callId } };
      const parent = input === undefined ? {} : { parentInputId: input.inputId };
      const data = { callId, functionId, appId, workspaceId: WORKSPACE, ...parent };
      return { type: 'call-created', data: { ...data, shape: 'map', invocation: 'sync' } };
    }
    case 4:
    case 5: {
      const inputs = ['a', 'b'].map((name) => ({ ...newInput(`in-${n}-${name}`, n), args }));
      return state.calls.has(callId) ? { type: 'inputs-queued', data: { callId, inputs } } : undefined;
    }
    case 6:
      if (task !== undefined)
        return isLive ? { type: 'task-ready', data: { taskId, phases: {} } } : undefined;
      return { type: 'task-created', data: { ...placement, taskId, functionId, appId } };
    case 7:
    case 8:
      if (named === undefined || input?.status !== 'queued' || !isLive) return undefined;
      return { type: 'input-started', data: { ...named, taskId } };
    case 9:
      if (named === undefined || input?.status === 'queued') return undefined;
      return {
        type: 'input-requeued',
        data: { ...named, reason: input?.status === 'running' ? 'retry' : 'client-retry', availableAt: n },
      };
    case 10:
      if (named === undefined || input?.status === 'finished') return undefined;
      return { type: 'input-finished', data: { ...named, outcome: { kind: 'success' } } };
    case 11: {
      const schedule = { kind: 'period', months: 0, periodMs: 1_000 } as const;
      const data = { functionId, appId, workspaceId: WORKSPACE, schedule, nextDueAt: n + 1_000 };
      return { type: 'schedule-started', data };
    }
    case 12:
      if (!state.schedules.has(functionId)) return undefined;
      return { type: 'schedule-fired', data: { functionId, dueAt: n, callId: `fc-${n}`, nextDueAt: n + 1 } };
    case 13:
      if (!state.schedules.has(functionId)) return undefined;
      return which < 3
        ? { type: 'schedule-ended', data: { functionId, reason: 'removed' } }
        : { type: 'schedule-missed', data: { functionId, firstDueAt: n, lastDueAt: n, ticks: 1 } };
    default:
      if (!isLive || state.running(taskId).size > 0) return undefined;
      return { type: 'task-ended', data: { taskId, reason: 'finished' } };
  }
};

const creation = {
  workspaceId: WORKSPACE,
  environment: 'main',
  description: '',
  lifetime: 'deployed',
} as const;
const publication = {
  workspaceId: WORKSPACE,
  lifetime: 'deployed',
  functionIds: {},
  classIds: {},
  definitionIds: {},
} as const;
const placement = {
  workspaceId: WORKSPACE,
  workerId: 'wo-1',
  bootId: 'b',
  gpuIndexes: [],
  milliCpu: 1,
  memoryMiB: 1,
};

const fold = (state: HotState, event: SchedulerEvent, at: number): void => {
  const stream = streamOf(event);
  state.versions.set(stream, (state.versions.get(stream) ?? 0) + 1);
  foldEvent(state, JSON.parse(JSON.stringify(event)) as SchedulerEvent, at);
};

const throughStorage = (state: HotState): HotState =>
  restoreSnapshot(JSON.parse(JSON.stringify(takeSnapshot(state))))!;

describe('the hot state', () => {
  test('a snapshot and the rest of the log give what the whole log gives, wherever it is taken', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.nat(80), (steps, cut) => {
        const whole = new HotState();
        let resumed = new HotState();
        steps.forEach((next, n) => {
          if (n === cut) resumed = throughStorage(resumed);
          const event = nextEvent(whole, next, n);
          if (event === undefined) return;
          fold(whole, event, n);
          fold(resumed, event, n);
        });
        expect(describeState(resumed)).toBe(describeState(whole));
      }),
      { numRuns: 300 },
    );
  });

  test('a retry waits behind what came before it, also after a snapshot', () => {
    const state = new HotState();
    const call = {
      functionId: 'fu-1',
      appId: 'ap-1',
      workspaceId: WORKSPACE,
      shape: 'map',
      invocation: 'sync',
    } as const;
    fold(state, { type: 'call-created', data: { callId: 'fc-1', ...call } }, 1);
    fold(
      state,
      { type: 'inputs-queued', data: { callId: 'fc-1', inputs: [newInput('first'), newInput('second')] } },
      1,
    );
    const task = { ...placement, taskId: 'ta-1', functionId: 'fu-1', appId: 'ap-1' };
    fold(state, { type: 'task-created', data: task }, 2);
    fold(state, { type: 'input-started', data: { callId: 'fc-1', inputId: 'first', taskId: 'ta-1' } }, 2);
    const again = { callId: 'fc-1', inputId: 'first', reason: 'retry', availableAt: 3 } as const;
    fold(state, { type: 'input-requeued', data: again }, 3);
    const restored = throughStorage(state);
    expect([...restored.queue('fu-1')]).toEqual(['second', 'first']);
    expect(restored.usedTasks).toEqual(new Set(['ta-1']));
  });

  test('a snapshot of another format is not read', () => {
    expect(restoreSnapshot({ ...takeSnapshot(new HotState()), format: 1 as never })).toBeUndefined();
  });

  test('an app that is published under another name is no longer found by the old one', () => {
    const state = new HotState();
    fold(state, { type: 'app-created', data: { ...creation, appId: 'ap-1', name: 'old' } }, 1);
    fold(
      state,
      { type: 'app-published', data: { ...publication, appId: 'ap-1', name: 'new', version: 1 } },
      2,
    );
    expect([...state.appOfName.keys()]).toEqual([JSON.stringify([WORKSPACE, 'main', 'new'])]);
  });
});

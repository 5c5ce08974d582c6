import type { AskOf, TaskAssignment, WorkerPlan } from '@slipway/contracts';
import type { Engine } from '../engine.js';
import type { LiveTask } from '../task/task.state.js';

/** What a worker has to start, to stop and to cancel, against what it says that it has. */
export const planOf = ({ state }: Engine, ask: AskOf<'scheduler.sync-worker'>): WorkerPlan => {
  const named = new Set(ask.tasks.map((task) => task.taskId));
  const mine = [...(state.tasksOfWorker.get(ask.workerId) ?? [])].flatMap((taskId) => {
    const task = state.tasks.get(taskId);
    return task === undefined || task.status === 'ended' ? [] : [task];
  });
  const known = new Set(mine.map((task) => task.taskId));
  const strangers = ask.tasks
    .filter(({ taskId }) => !known.has(taskId))
    .map(({ taskId }) => ({ taskId, how: 'kill' as const, reason: 'stopped' as const }));
  return {
    start: mine.filter((task) => !named.has(task.taskId)).flatMap((task) => assignmentOf(state, task)),
    stop: [
      ...strangers,
      ...mine.flatMap((task) =>
        task.status === 'stopping' ? [{ taskId: task.taskId, how: task.how, reason: task.reason }] : [],
      ),
    ],
    cancel: mine.flatMap((task) => {
      const inputIds = [...state.running(task.taskId)].filter((inputId) => isCancelled(state, inputId));
      return inputIds.length === 0 ? [] : [{ taskId: task.taskId, inputIds }];
    }),
  };
};

export const isCancelled = (state: Engine['state'], inputId: string): boolean => {
  const input = state.inputs.get(inputId);
  return input !== undefined && state.calls.get(input.callId)?.cancelled === true;
};

const assignmentOf = (state: Engine['state'], task: LiveTask): TaskAssignment[] => {
  const fn = state.resolve(task.functionId, task.definitionId);
  if (fn === undefined) return [];
  const { spec } = fn;
  const app = state.apps.get(fn.appId);
  return [
    {
      taskId: task.taskId,
      workspaceId: fn.workspaceId,
      environment: app?.environment ?? '',
      appId: fn.appId,
      ...(app === undefined ? {} : { appName: app.name ?? app.description, tags: app.tags }),
      functionId: fn.functionId,
      baseFunctionId: fn.baseFunctionId,
      preemptible: spec.placement?.preemption !== 'refused',
      functionTag: spec.tag,
      definitionDigest: fn.definitionDigest,
      appVersion: task.appVersion ?? fn.appVersion,
      pinned: fn.pinnedVersion !== undefined,
      ...(fn.serializedParams === undefined ? {} : { serializedParams: fn.serializedParams }),
      imageId: spec.imageId,
      mountIds: spec.mountIds,
      secretIds: spec.secretIds,
      ...(spec.volumes === undefined ? {} : { volumes: spec.volumes }),
      resources: spec.resources,
      gpuIndexes: task.gpuIndexes,
      inputTimeoutMs: spec.timeoutMs,
      startupTimeoutMs: spec.startupTimeoutMs,
      maxConcurrentInputs: spec.maxConcurrentInputs,
      targetConcurrentInputs: spec.targetConcurrentInputs,
      ...(spec.batch === undefined ? {} : { batch: spec.batch }),
      network: spec.network,
      ...(spec.apiAccess === undefined ? {} : { apiAccess: spec.apiAccess }),
      lifetime: spec.lifetime,
      purpose: spec.purpose,
      ...(spec.program === undefined ? {} : { program: spec.program }),
      ...(spec.web === undefined ? {} : { web: spec.web }),
      ...(spec.webMethods === undefined ? {} : { webMethods: spec.webMethods }),
    },
  ];
};

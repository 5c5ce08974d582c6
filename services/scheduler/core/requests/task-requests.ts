import type { AnswerOf, AskOf, TaskId, TaskView } from '@slipway/contracts';
import { later, type Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { readTask } from '../hot-state/recall.js';
import { cancelInput } from '../input/input.decide.js';
import type { WorkerContact } from '../presence.js';
import { mostThatFit } from '../policies/messages/most-that-fit.js';
import { answerPoll } from '../reactions/assign-inputs.js';
import { settle } from '../reactions/settle.js';
import { stopOneTask } from '../task/task.decide.js';
import type { Task } from '../task/task.state.js';
import { callOf, owned } from './find.js';

/** How often a call that has no container yet is looked at. */
const LOOK_AGAIN_MS = 200;

export const taskRequests = (engine: Engine) => {
  const { state, ports } = engine;
  return {
    async 'list-tasks'(ask: AskOf<'scheduler.list-tasks'>): Promise<AnswerOf<'scheduler.list-tasks'>> {
      const tasks = [...state.tasks.values()]
        .filter((task) => task.workspaceId === ask.workspaceId)
        .filter((task) => task.status !== 'ended' && (ask.appId ?? task.appId) === task.appId)
        .map((task) => taskView(engine, task))
        .filter(({ environment }) => (ask.environment ?? environment) === environment);
      await engine.committed();
      return { tasks: mostThatFit(tasks, (one, other) => other.createdAt - one.createdAt) };
    },

    async 'get-task'(ask: AskOf<'scheduler.get-task'>): Promise<TaskView> {
      const task = owned(state.tasks.get(ask.taskId), ask.workspaceId, 'container', ask.taskId);
      await engine.committed();
      return taskView(engine, task);
    },

    async 'await-task'(ask: AskOf<'scheduler.await-task'>): Promise<AnswerOf<'scheduler.await-task'>> {
      const { callId, functionId } = callOf(engine, ask);
      const until = later(ports.now(), ask.waitMs);
      for (;;) {
        const task = state.liveTasks(functionId).find(({ status }) => status === 'ready');
        const unfinishedInputs = state.unfinishedOfCall.get(callId) ?? 0;
        if (task !== undefined || unfinishedInputs === 0 || ports.now() >= until) {
          await engine.committed();
          return { ...(task === undefined ? {} : { taskId: task.taskId }), unfinishedInputs };
        }
        const tasks = engine.functionTasks.changed(functionId);
        const outputs = engine.outputs.changed(callId);
        const timer = ports.timer(until);
        await Promise.race([tasks.change, outputs.change, timer.elapsed]);
        timer.cancel();
        tasks.stop();
        outputs.stop();
      }
    },

    async 'stop-task'(ask: AskOf<'scheduler.stop-task'>) {
      const task = owned(state.tasks.get(ask.taskId), ask.workspaceId, 'container', ask.taskId);
      const at = ports.now();
      const purpose = state.resolve(task.functionId)?.spec.purpose ?? 'serve';
      engine.record(stopOneTask(task, ask.how, purpose), at);
      if (purpose === 'sandbox' && task.status !== 'ended') cancelInputsOf(engine, task, at);
      // One that waits for an input is let go.
      answerPoll(engine, task.taskId, { inputs: [], exit: true });
      settle(engine, at);
      await engine.committed();
      return {};
    },

    async 'get-captured-layer'(
      ask: AskOf<'scheduler.get-captured-layer'>,
    ): Promise<AnswerOf<'scheduler.get-captured-layer'>> {
      callOf(engine, ask);
      const until = later(ports.now(), ask.waitMs);
      for (;;) {
        const taskId = builderTask(engine, ask.callId);
        const task =
          taskId === undefined ? undefined : (state.tasks.get(taskId) ?? (await readTask(engine, taskId)));
        if (task?.status === 'ended') {
          await engine.committed();
          return {
            ended: true,
            reason: task.reason,
            ...(task.capturedLayer === undefined ? {} : { layer: task.capturedLayer }),
            ...(task.message === undefined ? {} : { message: task.message }),
          };
        }
        if (ports.now() >= until) return { ended: false };
        const key = task?.taskId ?? '';
        const { change, stop } = engine.taskEnds.changed(key);
        const timer = ports.timer(task === undefined ? later(ports.now(), LOOK_AGAIN_MS) : until);
        await Promise.race([change, timer.elapsed]);
        timer.cancel();
        stop();
      }
    },
  };
};

/** A sandbox that is stopped does not run again. */
const cancelInputsOf = (engine: Engine, { functionId, taskId }: Task, at: Instant): void => {
  const { state } = engine;
  for (const inputId of [...state.queue(functionId), ...state.running(taskId)]) {
    const input = state.inputs.get(inputId);
    if (input !== undefined) engine.record(cancelInput(input, 'the container was stopped'), at);
  }
};

/** The container in which a builder function's one input ran. */
const builderTask = ({ state }: Engine, callId: string): TaskId | undefined => {
  const [inputId] = state.inputsOfCall.get(callId) ?? [];
  const input = inputId === undefined ? undefined : state.inputs.get(inputId);
  return input !== undefined && 'taskId' in input ? input.taskId : undefined;
};

const taskView = ({ state, presence }: Engine, task: Task): TaskView => ({
  taskId: task.taskId,
  appId: task.appId,
  appDescription: state.apps.get(task.appId)?.description ?? '',
  environment: state.apps.get(task.appId)?.environment ?? '',
  functionId: task.functionId,
  workspaceId: task.workspaceId,
  workerId: task.workerId,
  appVersion: task.appVersion ?? 0,
  ...routerOf(presence.workers.get(task.workerId)),
  state: task.status,
  ...('reason' in task ? { reason: task.reason } : {}),
  ...('exitCode' in task && task.exitCode !== undefined ? { exitCode: task.exitCode } : {}),
  ...('message' in task && task.message !== undefined ? { message: task.message } : {}),
  createdAt: task.createdAt,
  ...(task.readyAt === undefined ? {} : { readyAt: task.readyAt }),
  ...('endedAt' in task ? { endedAt: task.endedAt } : {}),
  ...(task.phases === undefined ? {} : { phases: task.phases }),
});

const routerOf = (worker: WorkerContact | undefined): Pick<TaskView, 'routerAddress'> =>
  worker?.routerAddress === undefined ? {} : { routerAddress: worker.routerAddress };

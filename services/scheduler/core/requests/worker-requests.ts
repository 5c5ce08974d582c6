import type { AnswerOf, AskOf, WorkerPlan } from '@slipway/contracts';
import { isRefusal, later, type Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { cancelInput, finishInput } from '../input/input.decide.js';
import { NO_TROUBLE } from '../policies/starts/judge-failed-start.js';
import { movingAverage, type FunctionPace } from '../presence.js';
import { answerPoll, giveNext, mayTakeMore, takenInput } from '../reactions/assign-inputs.js';
import { applyTaskEnd } from '../reactions/end-task.js';
import { endTasksOf } from '../reactions/expire.js';
import { settle } from '../reactions/settle.js';
import { reportReady } from '../task/task.decide.js';
import { servesWeb } from '../web/list-web-tasks.js';
import type { LiveTask, Task } from '../task/task.state.js';
import { joinWorker } from '../worker/worker.decide.js';
import { endMissing, meet } from './hear-worker.js';
import { isCancelled, planOf } from './worker-plan.js';

/** What workers ask on behalf of themselves and of their containers. */
export const workerRequests = (engine: Engine) => {
  const { state, presence, ports } = engine;
  const taskOf = (ask: { taskId: string; workerId: string }): Task | undefined => {
    const task = state.tasks.get(ask.taskId);
    return task?.workerId === ask.workerId ? task : undefined;
  };

  return {
    async 'sync-worker'(ask: AskOf<'scheduler.sync-worker'>): Promise<WorkerPlan> {
      const at = ports.now();
      const { workerId, bootId, capacity } = ask;
      engine.record(joinWorker(state.workers.get(workerId), { workerId, bootId, capacity }), at);
      endTasksOf(engine, workerId, `the worker ${workerId} was started anew`, at, bootId);
      meet(engine, ask, at);
      endMissing(engine, ask, at);
      settle(engine, at);
      const plan = planOf(engine, ask);
      await engine.committed();
      return plan;
    },

    async 'take-inputs'(ask: AskOf<'scheduler.take-inputs'>): Promise<AnswerOf<'scheduler.take-inputs'>> {
      const at = ports.now();
      const task = taskOf(ask);
      if (task === undefined || task.status === 'ended' || task.bootId !== ask.bootId)
        return { inputs: [], exit: true };
      answerPoll(engine, task.taskId, { inputs: [], exit: false });
      const notHeld = [...state.running(task.taskId)].filter((inputId) => !ask.holding.includes(inputId));
      if (notHeld.length > 0) return giveAgain(engine, notHeld, at);
      if (!mayTakeMore(engine, task) && !servesOnly(engine, task)) return { inputs: [], exit: true };
      if (state.running(task.taskId).size === 0 && !presence.idleSince.has(task.taskId))
        presence.idleSince.set(task.taskId, at);
      const taken = new Promise<AnswerOf<'scheduler.take-inputs'>>((answer) =>
        presence.polls.set(task.taskId, { ask, expiresAt: later(at, ask.waitMs), answer }),
      );
      engine.dirtyFunctions.add(task.functionId);
      settle(engine, at);
      const answer = await taken;
      await engine.committed();
      return answer;
    },

    async 'put-outputs'(ask: AskOf<'scheduler.put-outputs'>): Promise<AnswerOf<'scheduler.put-outputs'>> {
      const at = ports.now();
      const task = taskOf(ask);
      for (const output of ask.outputs) {
        const input = state.inputs.get(output.inputId);
        if (task === undefined || input === undefined) continue;
        const cancelled = isCancelled(state, input.inputId);
        const policy = cancelled ? undefined : state.resolve(task.functionId)?.spec.retryPolicy;
        const interrupted = !cancelled && ask.interrupted === true;
        const runMs = input.status === 'running' ? at - input.startedAt : undefined;
        const events = engine.record(
          finishInput(input, { ...output, taskId: task.taskId, interrupted }, policy, at),
          at,
        );
        if (events.length > 0 && runMs !== undefined) learnPace(engine, task, runMs, at);
      }
      const next = nextFor(engine, ask, at);
      settle(engine, at);
      await engine.committed();
      return { next };
    },

    async 'report-task'(ask: AskOf<'scheduler.report-task'>) {
      const at = ports.now();
      const task = taskOf(ask);
      if (task === undefined || task.bootId !== ask.bootId) return {};
      if (ask.phase === 'ready') {
        const isNews = engine.record(reportReady(task, ask.phases), at).length > 0;
        if (isNews) {
          learnStart(presence.pace(task.functionId), at - task.createdAt);
          engine.noteTrouble(task.workerId, undefined);
        }
      } else {
        const { taskId: _, workerId: __, bootId: ___, phase: ____, ...end } = ask;
        applyTaskEnd(engine, task, end, at);
      }
      settle(engine, at);
      await engine.committed();
      return {};
    },
  };
};

/** A web container takes no inputs, only requests: an old one goes when it is told, not when it asks. */
const servesOnly = (engine: Engine, task: LiveTask): boolean =>
  task.status !== 'stopping' && servesWeb(engine, task.functionId);

/** The container does not have what it was given: the answer was lost on its way. */
const giveAgain = async (
  engine: Engine,
  inputIds: readonly string[],
  at: Instant,
): Promise<AnswerOf<'scheduler.take-inputs'>> => {
  const inputs = inputIds.flatMap((inputId) => {
    const input = engine.state.inputs.get(inputId);
    if (input === undefined) return [];
    if (isCancelled(engine.state, inputId)) {
      const decision = cancelInput(input, 'the call was cancelled');
      if (!isRefusal(decision)) engine.record(decision, at);
      return [];
    }
    return [takenInput(engine, input)];
  });
  settle(engine, at);
  await engine.committed();
  return { inputs, exit: false };
};

const learnStart = (pace: FunctionPace, startMs: number): void => {
  pace.startTrouble = NO_TROUBLE;
  pace.averageStartMs = movingAverage(pace.averageStartMs, startMs);
};

const nextFor = (
  engine: Engine,
  { taskId, workerId, takeNext }: AskOf<'scheduler.put-outputs'>,
  at: Instant,
): AnswerOf<'scheduler.put-outputs'>['next'] => {
  const task = engine.state.tasks.get(taskId);
  if (takeNext === undefined || task?.workerId !== workerId || task.status === 'ended') return [];
  return giveNext(engine, task, takeNext.holding, at);
};

const learnPace = (engine: Engine, task: Task, runMs: number, at: Instant): void => {
  const pace = engine.presence.pace(task.functionId);
  pace.averageInputMs = movingAverage(pace.averageInputMs, runMs);
  if (engine.state.running(task.taskId).size === 0) engine.presence.idleSince.set(task.taskId, at);
};

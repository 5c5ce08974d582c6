import type { FunctionId, InputId, InputsTaken, TakenInput, TaskId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Engine } from '../engine.js';
import { startInput } from '../input/input.decide.js';
import type { Input, QueuedInput, RunningInput } from '../input/input.state.js';
import { chooseInputs } from '../policies/assignment/choose-inputs.js';
import type { LiveTask } from '../task/task.state.js';
import { isLeaving } from './is-leaving.js';
import { isCovered } from './keep-within-budget.js';

/** Gives waiting inputs to waiting containers. Answers when it is worth looking again, if that is known. */
export const assignInputs = (engine: Engine, functionId: FunctionId, at: Instant): Instant | undefined => {
  const { state, presence } = engine;
  if (state.queue(functionId).size === 0) return undefined;
  for (const task of state.liveTasks(functionId)) {
    const poll = presence.polls.get(task.taskId);
    if (poll === undefined || task.status === 'stopping' || isLeaving(engine, task)) continue;
    if (!isCovered(engine, task, at)) continue;
    const choice = chooseInputs(queued(engine, functionId, at), poll.ask, at);
    if (choice.inputIds.length === 0) return choice.readyAt;
    const taken = choice.inputIds.map((inputId) => {
      engine.record(startInput(state.inputs.get(inputId) as QueuedInput, task.taskId), at);
      return takenInput(engine, state.inputs.get(inputId) as RunningInput);
    });
    presence.idleSince.delete(task.taskId);
    answerPoll(engine, task.taskId, { inputs: taken, exit: false });
    if (state.queue(functionId).size === 0) return undefined;
  }
  return undefined;
};

/** Whether a container may get another input at all. */
export const mayTakeMore = (engine: Engine, task: LiveTask): boolean => {
  const { usedTasks } = engine.state;
  const isSpent =
    usedTasks.has(task.taskId) && engine.state.resolve(task.functionId)?.spec.lifetime === 'single-input';
  return task.status !== 'stopping' && !isSpent && !isLeaving(engine, task);
};

/** What a container that has just put its outputs gets with the answer: it saves the question, its commit and its way. */
export const giveNext = (
  engine: Engine,
  task: LiveTask,
  holding: readonly InputId[],
  at: Instant,
): readonly TakenInput[] => {
  const { state, presence } = engine;
  const running = [...state.running(task.taskId)];
  const notHeld = running.filter((inputId) => !holding.includes(inputId));
  if (notHeld.length === 0 && (running.length > 0 || !mayTakeMore(engine, task))) return [];
  const chosen = (): readonly InputId[] => {
    if (!isCovered(engine, task, at)) return [];
    const { inputIds } = chooseInputs(queued(engine, task.functionId, at), { maxInputs: 1, lingerMs: 0 }, at);
    for (const inputId of inputIds)
      engine.record(startInput(state.inputs.get(inputId) as QueuedInput, task.taskId), at);
    return inputIds;
  };
  const inputIds = notHeld.length > 0 ? notHeld : chosen();
  if (inputIds.length > 0) presence.idleSince.delete(task.taskId);
  return inputIds.map((inputId) => takenInput(engine, state.inputs.get(inputId) as RunningInput));
};

/** The answer leaves when what it says is durable. */
export const answerPoll = (engine: Engine, taskId: TaskId, taken: InputsTaken): void => {
  const poll = engine.presence.polls.get(taskId);
  engine.presence.polls.delete(taskId);
  poll?.answer(taken);
};

export const takenInput = (engine: Engine, input: Input): TakenInput => ({
  inputId: input.inputId,
  callId: input.callId,
  idx: input.idx,
  retryCount: input.retryCount,
  args: input.args,
  dataFormat: input.dataFormat,
  ...(input.methodName === undefined ? {} : { methodName: input.methodName }),
  invocation: engine.state.calls.get(input.callId)?.invocation ?? 'sync',
  finalInput: input.finalInput ?? false,
});

/** Those that may run, and the first one that may not yet. */
function* queued(engine: Engine, functionId: FunctionId, at: Instant): Generator<QueuedInput> {
  for (const inputId of engine.state.queue(functionId).due(at)) {
    const input = engine.state.inputs.get(inputId);
    if (input?.status === 'queued') yield input;
  }
}

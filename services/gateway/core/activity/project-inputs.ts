import type { CallId, Fact, InputId, OutcomeKind, TaskId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

/** What is known of one input; 0 and '' take back what was known before, undefined leaves it. */
export type InputChange = Readonly<{
  id: InputId;
  callId: CallId;
  methodName?: string;
  queuedAt?: Instant;
  startedAt?: Instant;
  finishedAt?: Instant;
  taskId?: TaskId;
  outcome?: OutcomeKind | '';
}>;

/** What facts say of inputs, in one change for each: maps have thousands, so they are written all at once. */
export const projectInputs = (facts: readonly Fact[]): readonly InputChange[] => {
  const changes = new Map<InputId, InputChange>();
  for (const change of facts.flatMap(inputChanges))
    changes.set(change.id, { ...changes.get(change.id), ...change });
  return [...changes.values()];
};

const inputChanges = (fact: Fact): readonly InputChange[] => {
  switch (fact.type) {
    case 'inputs-queued': {
      const { callId, methodName, at } = fact;
      const method = methodName === undefined ? {} : { methodName };
      return (fact.inputIds ?? []).map((id) => ({ id, callId, queuedAt: at, ...method }));
    }
    case 'input-started':
      return [{ id: fact.inputId, callId: fact.callId, startedAt: fact.at, taskId: fact.taskId }];
    case 'input-requeued':
      return [
        { id: fact.inputId, callId: fact.callId, startedAt: 0, finishedAt: 0, taskId: '', outcome: '' },
      ];
    case 'input-finished': {
      const { callId, outcome, at } = fact;
      const task = fact.taskId === undefined ? {} : { taskId: fact.taskId };
      return [{ id: fact.inputId, callId, finishedAt: at, outcome, ...task }];
    }
    default:
      return [];
  }
};

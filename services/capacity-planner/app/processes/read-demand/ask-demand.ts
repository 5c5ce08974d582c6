import type { DemandLedgerState } from '@slipway/capacity-planner-core';
import type { DemandNow, TaskId } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';

/** The whole of what is wanted now, as the scheduler says it; asked until it is answered. */
export const askDemand = async (
  bus: Pick<Bus, 'persist'>,
  signal: AbortSignal,
): Promise<Omit<DemandLedgerState, 'placements'>> => {
  const tasks: DemandNow['tasks'][number][] = [];
  for (let after: TaskId | undefined; ;) {
    const now = await bus.persist('scheduler.list-demand', after === undefined ? {} : { after }, { signal });
    tasks.push(...now.tasks);
    after = now.nextAfter;
    if (after !== undefined) continue;
    return {
      tasks: tasks.map(({ taskId, ...task }) => [taskId, task]),
      lacks: now.lacks.map(({ functionId, ...lack }) => [functionId, lack]),
      hosts: now.hosts.map(({ workerId, host }) => [workerId, host]),
    };
  }
};

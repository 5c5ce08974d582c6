import type { FunctionId, TaskId, WorkerId } from './ids.js';
import type { HostLabels } from './placement.js';

/** What containers there are and lack room now, and the bought hosts that are present. Containers come a part at a time, by their ids. */
export type DemandNow = Readonly<{
  tasks: readonly Readonly<{ taskId: TaskId; demandKey: string; workerId: WorkerId }>[];
  /** Set where there are more: those that follow this one. */
  nextAfter?: TaskId;
  /** As it was last said in facts. */
  lacks: readonly Readonly<{ functionId: FunctionId; demandKey: string; containers: number }>[];
  hosts: readonly Readonly<{ workerId: WorkerId; host: HostLabels }>[];
}>;

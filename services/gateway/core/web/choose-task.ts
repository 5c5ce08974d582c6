import type { TaskId, WebTask } from '@slipway/contracts';

/** Containers that a request was sent to already, or that are known to take no more. */
export type Passed = ReadonlySet<TaskId>;

/**
 * The container for a request: the least loaded one with room; of equals the first. Requests with the same affinity
 * go to the same container as long as it is there and has room.
 */
export const chooseTask = (
  tasks: readonly WebTask[],
  activeIn: (taskId: TaskId) => number,
  passed: Passed,
  affinity?: string,
): WebTask | undefined => {
  let best: WebTask | undefined;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const task of tasks) {
    const active = activeIn(task.taskId);
    if (active >= task.maxRequests || passed.has(task.taskId)) continue;
    const rank = affinity === undefined ? active : rendezvous(affinity, task.taskId);
    if (rank >= bestRank) continue;
    best = task;
    bestRank = rank;
  }
  return best;
};

/** Rendezvous hashing: when a container goes, only its own requests move. */
const rendezvous = (affinity: string, taskId: TaskId): number => {
  let hash = 0x811c9dc5;
  const text = `${affinity}\n${taskId}`;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
};

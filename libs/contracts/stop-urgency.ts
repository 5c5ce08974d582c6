import type { ExitReason } from './tasks.js';

export type TaskStop = Readonly<{ how: 'graceful' | 'kill'; reason: ExitReason }>;

/**
 * A stop may become more urgent, never less: one that lets work end in its own time, then one for the sake of an app
 * that is stopped, then a kill.
 */
export const isMoreUrgent = (next: TaskStop, current: TaskStop): boolean => urgency(next) > urgency(current);

const urgency = ({ how, reason }: TaskStop): number => {
  if (how === 'kill') return 2;
  return reason === 'app-stopped' ? 1 : 0;
};

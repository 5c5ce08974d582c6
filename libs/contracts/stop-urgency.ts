import type { ExitReason } from './exit-reason.js';

/**
 * `drain`: it takes no more, finishes what it has in hand and leaves by itself. `graceful`: it is interrupted now, and its
 * exit hooks have their time. `kill`: it is gone at once.
 */
export type StopHow = 'drain' | 'graceful' | 'kill';
export type TaskStop = Readonly<{ how: StopHow; reason: ExitReason }>;

/**
 * A stop may become more urgent, never less: one that lets work end in its own time, then one that interrupts it, then
 * one for the sake of an app that is stopped, then a kill.
 */
export const isMoreUrgent = (next: TaskStop, current: TaskStop): boolean => urgency(next) > urgency(current);

const urgency = ({ how, reason }: TaskStop): number => {
  if (how === 'kill') return 3;
  if (how === 'drain') return 0;
  return reason === 'app-stopped' ? 2 : 1;
};

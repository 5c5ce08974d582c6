import type { Instant } from '@slipway/kernel';
import type { Schedule } from './function-spec.js';
import type { AppId, CallId, FunctionId } from './ids.js';

/** A tick that became a call. */
export type ScheduledRun = Readonly<{ dueAt: Instant; firedAt: Instant; callId: CallId }>;

/** Ticks that nobody was there for, and when that was noticed. */
export type MissedRuns = Readonly<{
  firstDueAt: Instant;
  lastDueAt: Instant;
  ticks: number;
  /** More than `ticks` were missed, after `lastDueAt` too: the count of a long absence ends. */
  atLeast?: true;
  noticedAt: Instant;
}>;

export type ScheduleView = Readonly<{
  functionId: FunctionId;
  functionTag: string;
  appId: AppId;
  appName?: string;
  environment: string;
  schedule: Schedule;
  state: 'active' | 'ended';
  startedAt: Instant;
  nextDueAt?: Instant;
  /** The newest first. */
  runs: readonly ScheduledRun[];
  missed: readonly MissedRuns[];
}>;

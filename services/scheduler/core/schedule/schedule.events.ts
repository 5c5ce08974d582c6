import type { AppId, CallId, FunctionId, Schedule, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

// Every event says when the next tick is due: a replay asks no calendar.

export type ScheduleStarted = {
  type: 'schedule-started';
  data: {
    functionId: FunctionId;
    appId: AppId;
    workspaceId: WorkspaceId;
    schedule: Schedule;
    nextDueAt?: Instant;
  };
};
/** Written in one commit with the call that it makes. */
export type ScheduleFired = {
  type: 'schedule-fired';
  data: { functionId: FunctionId; dueAt: Instant; callId: CallId; nextDueAt?: Instant };
};
/** Ticks that nobody was there for. */
export type ScheduleMissed = {
  type: 'schedule-missed';
  data: {
    functionId: FunctionId;
    firstDueAt: Instant;
    lastDueAt: Instant;
    ticks: number;
    /** More than `ticks` were missed. */
    atLeast?: true;
    nextDueAt?: Instant;
  };
};
export type ScheduleEnded = {
  type: 'schedule-ended';
  data: { functionId: FunctionId; reason: 'app-stopped' | 'removed' };
};

export type ScheduleEvent = ScheduleStarted | ScheduleFired | ScheduleMissed | ScheduleEnded;

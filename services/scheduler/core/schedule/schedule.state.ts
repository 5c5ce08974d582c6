import type { AppId, FunctionId, MissedRuns, Schedule, ScheduledRun, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { ScheduleEvent } from './schedule.events.js';

type Shared = Readonly<{
  functionId: FunctionId;
  appId: AppId;
  workspaceId: WorkspaceId;
  schedule: Schedule;
  /** When it began; periods are counted from here. */
  startedAt: Instant;
  /** The newest first. */
  runs: readonly ScheduledRun[];
  missed: readonly MissedRuns[];
}>;

/** `nextDueAt` is missing where the calendar has no further tick. */
export type ActiveSchedule = Shared & Readonly<{ status: 'active'; nextDueAt?: Instant }>;
export type EndedSchedule = Shared & Readonly<{ status: 'ended' }>;
export type FunctionSchedule = ActiveSchedule | EndedSchedule;

/** How many past runs and gaps are remembered for people to look at; calls and facts tell of all. */
const REMEMBERED = 10;

export const evolveSchedule = (
  before: FunctionSchedule | undefined,
  event: ScheduleEvent,
  at: Instant,
): FunctionSchedule => {
  if (event.type === 'schedule-started')
    return {
      ...event.data,
      startedAt: at,
      runs: before?.runs ?? [],
      missed: before?.missed ?? [],
      status: 'active',
    };
  if (before === undefined)
    throw new Error(`${event.type} of the function ${event.data.functionId}, whose schedule never started`);
  const shared = sharedOf(before);
  switch (event.type) {
    case 'schedule-fired': {
      const { dueAt, callId, nextDueAt } = event.data;
      const runs = [{ dueAt, firedAt: at, callId }, ...before.runs].slice(0, REMEMBERED);
      return { ...shared, runs, status: 'active', ...due(nextDueAt) };
    }
    case 'schedule-missed': {
      const { functionId: _, nextDueAt, ...gap } = event.data;
      const missed = [{ ...gap, noticedAt: at }, ...before.missed].slice(0, REMEMBERED);
      return { ...shared, missed, status: 'active', ...due(nextDueAt) };
    }
    case 'schedule-ended':
      return { ...shared, status: 'ended' };
    default:
      return event satisfies never;
  }
};

const due = (nextDueAt: Instant | undefined) => (nextDueAt === undefined ? {} : { nextDueAt });

const sharedOf = (before: FunctionSchedule): Shared => ({
  functionId: before.functionId,
  appId: before.appId,
  workspaceId: before.workspaceId,
  schedule: before.schedule,
  startedAt: before.startedAt,
  runs: before.runs,
  missed: before.missed,
});

import { isRefusal, type Instant } from '@slipway/kernel';
import { createCall } from '../call/call.decide.js';
import type { Engine } from '../engine.js';
import { fireSchedule } from '../schedule/schedule.decide.js';
import type { ActiveSchedule } from '../schedule/schedule.state.js';
import type { SchedulerEvent } from '../scheduler-event.js';

/** A pickle of `((), {})`: no arguments. */
const NO_ARGUMENTS = { inline: 'gAIpfYYu' };

/** How many missed ticks are counted at a time: after an outage the schedules catch up one after the other, and everything else goes on. */
const MOST_MISSED_AT_ONCE = 1_000;

/** Ticks that are due become calls; a tick and its call stand in one commit, so that neither is ever there without the other. */
export const fireSchedules = (engine: Engine, at: Instant): void => {
  let missed = 0;
  for (const schedule of engine.state.schedules.values())
    if (schedule.status === 'active' && schedule.nextDueAt !== undefined && schedule.nextDueAt <= at) {
      if (missed >= MOST_MISSED_AT_ONCE) return;
      missed += fire(engine, schedule, at);
    }
};

/** Answers how many ticks were missed. */
const fire = (engine: Engine, schedule: ActiveSchedule, at: Instant): number => {
  const { state, ports } = engine;
  const { functionId, workspaceId } = schedule;
  const app = state.apps.get(schedule.appId);
  if (app === undefined || state.resolve(functionId) === undefined) return 0;
  const ticks = fireSchedule(schedule, (dueAt) => ports.tickIds(functionId, dueAt).callId, at);
  const events = ticks.flatMap((tick): readonly SchedulerEvent[] => {
    if (tick.type !== 'schedule-fired') return [tick];
    const { callId, inputId } = ports.tickIds(functionId, tick.data.dueAt);
    const input = { idx: 0, inputId, args: NO_ARGUMENTS, dataFormat: 'pickle' } as const;
    const call = createCall(state.calls.get(callId), app, {
      callId,
      functionId,
      workspaceId,
      shape: 'unary',
      invocation: 'async',
      inputs: [input],
    });
    return isRefusal(call) ? [] : [tick, ...call];
  });
  engine.record(events, at);
  return ticks.reduce((sum, tick) => sum + (tick.type === 'schedule-missed' ? tick.data.ticks : 0), 0);
};

import { isRefusal, type Instant } from '@slipway/kernel';
import { createCall } from '../call/call.decide.js';
import type { Engine } from '../engine.js';
import { fireSchedule } from '../schedule/schedule.decide.js';
import type { ActiveSchedule } from '../schedule/schedule.state.js';
import type { SchedulerEvent } from '../scheduler-event.js';

/** A pickle of `((), {})`: no arguments. */
const NO_ARGUMENTS = { inline: 'gAIpfYYu' };

/** Ticks that are due become calls; a tick and its call stand in one commit, so that neither is ever there without the other. */
export const fireSchedules = (engine: Engine, at: Instant): void => {
  for (const schedule of engine.state.schedules.values())
    if (schedule.status === 'active' && schedule.nextDueAt !== undefined && schedule.nextDueAt <= at)
      fire(engine, schedule, at);
};

const fire = (engine: Engine, schedule: ActiveSchedule, at: Instant): void => {
  const { state, ports } = engine;
  const { functionId, workspaceId } = schedule;
  const app = state.apps.get(schedule.appId);
  if (app === undefined || state.resolve(functionId) === undefined) return;
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
};

import { isAmong, type AnswerOf, type AskOf, type ScheduleView } from '@slipway/contracts';
import type { Engine } from '../engine.js';
import { mostThatFit } from '../policies/messages/most-that-fit.js';
import type { FunctionSchedule } from '../schedule/schedule.state.js';

export const scheduleRequests = (engine: Engine) => ({
  async 'list-schedules'(
    ask: AskOf<'scheduler.list-schedules'>,
  ): Promise<AnswerOf<'scheduler.list-schedules'>> {
    const schedules = [...engine.state.schedules.values()]
      .filter((schedule) => schedule.workspaceId === ask.workspaceId)
      .filter(({ appId, status }) => (ask.appId === undefined ? status === 'active' : appId === ask.appId))
      .map((schedule) => scheduleView(engine, schedule))
      .filter(({ environment }) => isAmong(environment, ask.environments ?? { allBut: [] }));
    await engine.committed();
    return { schedules: mostThatFit(schedules, activeFirst) };
  },
});

const activeFirst = (one: ScheduleView, other: ScheduleView): number =>
  Number(one.state === 'ended') - Number(other.state === 'ended');

const scheduleView = ({ state }: Engine, schedule: FunctionSchedule): ScheduleView => {
  const app = state.apps.get(schedule.appId);
  return {
    functionId: schedule.functionId,
    functionTag: state.resolve(schedule.functionId)?.spec.tag ?? '',
    appId: schedule.appId,
    ...(app?.name === undefined ? {} : { appName: app.name }),
    environment: app?.environment ?? '',
    schedule: schedule.schedule,
    state: schedule.status,
    startedAt: schedule.startedAt,
    ...(schedule.status === 'active' && schedule.nextDueAt !== undefined
      ? { nextDueAt: schedule.nextDueAt }
      : {}),
    runs: schedule.runs,
    missed: schedule.missed,
  };
};

import type { AppId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { ended } from '../app/app.decide.js';
import type { App } from '../app/app.state.js';
import type { Engine } from '../engine.js';
import { endSchedule, startSchedule, type WantedSchedule } from '../schedule/schedule.decide.js';

/** After a deployment or a stop: the functions of a deployed app's running version have their schedules, and no others do. */
export const reconcileSchedules = (engine: Engine, appId: AppId, at: Instant): void => {
  const { state } = engine;
  const app = state.apps.get(appId);
  if (app === undefined) return;
  const wanted = new Map(wantedSchedules(engine, app).map((schedule) => [schedule.functionId, schedule]));
  for (const before of [...state.schedules.values()])
    if (before.appId === appId && !wanted.has(before.functionId))
      engine.record(endSchedule(before, ended(app) ? 'app-stopped' : 'removed'), at);
  for (const schedule of wanted.values())
    engine.record(startSchedule(state.schedules.get(schedule.functionId), schedule, at), at);
};

const wantedSchedules = ({ state }: Engine, app: App): readonly WantedSchedule[] => {
  if (app.lifetime !== 'deployed' || app.status !== 'running') return [];
  return Object.values(app.functionIds).flatMap((functionId) => {
    const schedule = state.resolve(functionId)?.spec.schedule;
    const { appId, workspaceId } = app;
    return schedule === undefined ? [] : [{ functionId, appId, workspaceId, schedule }];
  });
};

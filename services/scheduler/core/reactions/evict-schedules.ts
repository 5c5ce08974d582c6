import type { Instant } from '@slipway/kernel';
import { isListed } from '../app/list-apps.js';
import type { Engine } from '../engine.js';
import { scheduleStream } from '../scheduler-event.js';

/** Schedules of apps that stopped and are listed no longer: such an app never runs again, so that none of them begins anew. */
export const evictSchedules = ({ state }: Engine, unwritten: ReadonlySet<string>, at: Instant): void => {
  for (const { functionId, appId, status } of state.schedules.values()) {
    const app = state.apps.get(appId);
    const isOver = status === 'ended' && (app === undefined || !isListed(app, at));
    if (!isOver || unwritten.has(scheduleStream(functionId))) continue;
    state.schedules.delete(functionId);
    state.versions.delete(scheduleStream(functionId));
  }
};

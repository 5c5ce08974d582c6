import type { Instant } from '@slipway/kernel';
import { isListed } from '../app/list-apps.js';
import type { Engine } from '../engine.js';
import { appStream } from '../scheduler-event.js';

/**
 * Apps that stopped and are listed no longer. One with a name is still asked for by it, and read back it would take the name from who
 * has it now.
 */
export const evictApps = ({ state, presence }: Engine, at: Instant): void => {
  for (const app of state.apps.values()) {
    if (app.name !== undefined || app.status !== 'stopped' || isListed(app, at)) continue;
    state.apps.delete(app.appId);
    state.versions.delete(appStream(app.appId));
    presence.forgetApp(app.appId);
  }
};

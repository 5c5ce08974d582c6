import type { CreateApp } from '@slipway/contracts';
import { refuse, type Decision } from '@slipway/kernel';
import type { AppEvent } from './app.events.js';
import type { App } from './app.state.js';

/** The same app id comes twice when a client tries again. */
export const createApp = (app: App | undefined, command: CreateApp): Decision<AppEvent> =>
  app === undefined ? [{ type: 'app-created', data: command }] : [];

export const tagApp = (app: App, tags: Readonly<Record<string, string>>): Decision<AppEvent> =>
  ended(app)
    ? refuse('conflict', 'app-stopped', `the app ${app.name ?? app.appId} is ${app.status}: it takes no tags`)
    : [{ type: 'app-tagged', data: { appId: app.appId, tags } }];

export const requestAppStop = (app: App, reason: string, stoppedBy?: string): Decision<AppEvent> =>
  ended(app)
    ? []
    : [
        {
          type: 'app-stop-requested',
          data: { appId: app.appId, reason, ...(stoppedBy === undefined ? {} : { stoppedBy }) },
        },
      ];

/** An app ends with its client when it lives no longer than that, or when its first deployment was broken off. */
export const endsWithClient = (app: App): boolean =>
  app.lifetime === 'ephemeral' || (app.lifetime === 'deployed' && app.status === 'created');

/** A detached app outlives its client until its work is done. */
export const endsWithItsWork = (app: App): boolean => app.lifetime === 'detached' && !ended(app);

/** An app has stopped when the last of its containers is gone. */
export const finishAppStop = (app: App, liveTasks: number): Decision<AppEvent> =>
  app.status === 'stopping' && liveTasks === 0
    ? [{ type: 'app-stopped', data: { appId: app.appId, reason: app.stopReason ?? 'stopped' } }]
    : [];

export const ended = (app: App): boolean => app.status === 'stopping' || app.status === 'stopped';

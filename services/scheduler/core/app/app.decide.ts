import type { CreateApp, CreateClass, PublishApp } from '@slipway/contracts';
import { refuse, type Decision } from '@slipway/kernel';
import type { AppEvent } from './app.events.js';
import type { App } from './app.state.js';

/** The same app id comes twice when a client tries again. */
export const createApp = (app: App | undefined, command: CreateApp): Decision<AppEvent> =>
  app === undefined ? [{ type: 'app-created', data: command }] : [];

export const publishApp = (app: App, command: PublishApp): Decision<AppEvent> =>
  ended(app)
    ? refuse('conflict', 'app-stopped', `the app ${app.appId} is ${app.status}: deploy it again`)
    : [{ type: 'app-published', data: { ...command, version: app.version + 1 } }];

export const createClass = (app: App, { classId, tag, functionId }: CreateClass): Decision<AppEvent> => {
  if (ended(app)) return refuse('conflict', 'app-stopped', `the app ${app.appId} is ${app.status}`);
  const known = app.classes[tag];
  return known?.classId === classId && known.functionId === functionId
    ? []
    : [{ type: 'class-created', data: { appId: app.appId, classId, tag, functionId } }];
};

export const requestAppStop = (app: App, reason: string): Decision<AppEvent> =>
  ended(app) ? [] : [{ type: 'app-stop-requested', data: { appId: app.appId, reason } }];

/** An app has stopped when the last of its containers is gone. */
export const finishAppStop = (app: App, liveTasks: number): Decision<AppEvent> =>
  app.status === 'stopping' && liveTasks === 0
    ? [{ type: 'app-stopped', data: { appId: app.appId, reason: app.stopReason ?? 'stopped' } }]
    : [];

export const ended = (app: App): boolean => app.status === 'stopping' || app.status === 'stopped';

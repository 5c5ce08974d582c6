import type { AppId, CreateApp } from '@slipway/contracts';
import { refuse, type Decision, type Refusal } from '@slipway/kernel';
import type { AppEvent } from './app.events.js';
import type { App } from './app.state.js';

/**
 * The same app id comes twice when a client tries again. An app with a name is found by it, so there is one of each name: `holder`
 * is the one that has it. Apps that run without a name, for as long as their client, may be many of one description.
 */
export const createApp = (
  app: App | undefined,
  command: CreateApp,
  holder: App | undefined,
): Decision<AppEvent> => {
  if (app !== undefined) return [];
  return refuseTakenName(command.appId, holder) ?? [{ type: 'app-created', data: command }];
};

/** Whoever looks an app up may go on in it: it no longer ends with its first deployment. */
export const keepApp = (app: App): Decision<AppEvent> => {
  if (ended(app))
    return refuse('conflict', 'app-stopped', `the app ${app.name ?? app.appId} is ${app.status}`);
  return isFirstDeployment(app) ? [{ type: 'app-kept', data: { appId: app.appId } }] : [];
};

/** A name is that of the app which has it, its `holder`, until that ends. */
export const refuseTakenName = (appId: AppId, holder: App | undefined): Refusal | undefined =>
  holder === undefined || holder.appId === appId || ended(holder)
    ? undefined
    : refuse(
        'already-exists',
        'app-name-taken',
        `the app ${holder.appId} has the name '${holder.name}' in environment '${holder.environment}'`,
      );

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

/** It has its name, nothing was published yet, and nobody else has looked it up to go on in it. */
export const isFirstDeployment = (app: App): boolean =>
  app.lifetime === 'deployed' && app.status === 'created';

/** An app ends with its client when it lives no longer than that, or when its first deployment was broken off. */
export const endsWithClient = (app: App): boolean => app.lifetime === 'ephemeral' || isFirstDeployment(app);

/** A detached app outlives its client until its work is done. */
export const endsWithItsWork = (app: App): boolean => app.lifetime === 'detached' && !ended(app);

/** An app has stopped when the last of its containers is gone. */
export const finishAppStop = (app: App, liveTasks: number): Decision<AppEvent> =>
  app.status === 'stopping' && liveTasks === 0
    ? [{ type: 'app-stopped', data: { appId: app.appId, reason: app.stopReason ?? 'stopped' } }]
    : [];

export const ended = (app: App): boolean => app.status === 'stopping' || app.status === 'stopped';

import type { AppLifetime, AppView } from '@slipway/contracts';
import { AppLifecycle, AppState } from '@slipway/protocol';

/** How long an app is to live, from the state that its client wants it in. */
export const lifetimeOf = (state: AppState): AppLifetime => {
  if (state === AppState.DETACHED) return 'detached';
  return state === AppState.DEPLOYED || state === AppState.INITIALIZING ? 'deployed' : 'ephemeral';
};

const RUNNING: Readonly<Record<AppLifetime, AppState>> = {
  ephemeral: AppState.EPHEMERAL,
  detached: AppState.DETACHED,
  deployed: AppState.DEPLOYED,
};

export const appStateOf = (app: AppView): AppState => {
  if (app.state === 'stopped') return AppState.STOPPED;
  if (app.state === 'stopping') return AppState.STOPPING;
  return app.state === 'created' && app.lifetime === 'deployed'
    ? AppState.INITIALIZING
    : RUNNING[app.lifetime];
};

export const lifecycleOf = (app: AppView): AppLifecycle =>
  AppLifecycle.fromPartial({
    appState: appStateOf(app),
    createdAt: app.createdAt / 1000,
    version: app.version,
    createdBy: app.createdBy ?? '',
    deployedBy: app.deployedBy ?? '',
    stoppedBy: app.stoppedBy ?? '',
    ...(app.deployedAt === undefined ? {} : { deployedAt: app.deployedAt / 1000 }),
    ...(app.stoppedAt === undefined ? {} : { stoppedAt: app.stoppedAt / 1000 }),
  });

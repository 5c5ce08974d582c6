import type { AnswerOf, AppView, AskOf } from '@slipway/contracts';
import {
  createApp,
  ended,
  endsWithClient,
  isFirstDeployment,
  keepApp,
  requestAppStop,
  tagApp,
} from '../app/app.decide.js';
import { versionOf } from '../app/deployment.decide.js';
import type { App } from '../app/app.state.js';
import { isListed, thatFit } from '../app/list-apps.js';
import type { Engine } from '../engine.js';
import { forgetClient, joinDeployment, leaveDeployment } from '../reactions/expire.js';
import { settle } from '../reactions/settle.js';
import { owned } from './find.js';

export const appRequests = (engine: Engine) => {
  const { state, presence, ports } = engine;
  const appOf = (ask: { appId: string; workspaceId: string }): App =>
    owned(state.apps.get(ask.appId), ask.workspaceId, 'app', ask.appId);
  const stop = async (app: App, reason: string, stoppedBy?: string): Promise<Record<string, never>> => {
    const at = ports.now();
    engine.record(requestAppStop(app, reason, stoppedBy), at);
    settle(engine, at);
    await engine.committed();
    return {};
  };

  return {
    async 'create-app'(ask: AskOf<'scheduler.create-app'>) {
      const known = state.apps.get(ask.appId);
      if (known !== undefined) owned(known, ask.workspaceId, 'app', ask.appId);
      const holder = ask.name === undefined ? undefined : state.appNamed({ ...ask, name: ask.name });
      if (known === undefined && holder !== undefined && isFirstDeployment(holder))
        joinDeployment(engine, holder);
      engine.record(createApp(known, ask, holder), ports.now());
      presence.appHeartbeats.set(ask.appId, ports.now());
      await engine.committed();
      return {};
    },

    async 'heartbeat-app'(ask: AskOf<'scheduler.heartbeat-app'>) {
      presence.appHeartbeats.set(appOf(ask).appId, ports.now());
      return {};
    },

    async 'disconnect-app'(ask: AskOf<'scheduler.disconnect-app'>) {
      const app = appOf(ask);
      if (isFirstDeployment(app) && presence.sharedDeployments.has(app.appId)) leaveDeployment(engine, app);
      else if (endsWithClient(app)) return stop(app, ask.reason);
      else forgetClient(engine, app.appId);
      return {};
    },

    async 'stop-app'(ask: AskOf<'scheduler.stop-app'>) {
      return stop(appOf(ask), ask.reason, ask.stoppedBy);
    },

    async 'find-app'(ask: AskOf<'scheduler.find-app'>): Promise<AnswerOf<'scheduler.find-app'>> {
      const app = state.appNamed(ask);
      // Whoever deploys under a name looks for its app first, and goes on in it.
      if (app !== undefined && isFirstDeployment(app)) joinDeployment(engine, app);
      const stopped = app === undefined ? lastStopped(engine, ask) : undefined;
      await engine.committed();
      return {
        ...(app === undefined ? {} : { app: appView(engine, app) }),
        ...(stopped === undefined ? {} : { stopped: appView(engine, stopped) }),
      };
    },

    async 'get-app'(ask: AskOf<'scheduler.get-app'>): Promise<AppView> {
      const view = appView(engine, appOf(ask));
      await engine.committed();
      return view;
    },

    async 'list-apps'(ask: AskOf<'scheduler.list-apps'>): Promise<AnswerOf<'scheduler.list-apps'>> {
      const apps = [...state.apps.values()]
        .filter((app) => app.workspaceId === ask.workspaceId && isListed(app, ports.now()))
        .filter((app) => ask.environment === undefined || app.environment === ask.environment)
        .map((app) => appView(engine, app));
      await engine.committed();
      return { apps: thatFit(apps) };
    },

    async 'keep-app'(ask: AskOf<'scheduler.keep-app'>) {
      engine.record(keepApp(appOf(ask)), ports.now());
      await engine.committed();
      return {};
    },

    async 'tag-app'(ask: AskOf<'scheduler.tag-app'>) {
      engine.record(tagApp(appOf(ask), ask.tags), ports.now());
      await engine.committed();
      return {};
    },
  };
};

/** The app that had a name most recently. */
const lastStopped = (
  { state }: Engine,
  { workspaceId, environment, name }: AskOf<'scheduler.find-app'>,
): App | undefined =>
  [...state.apps.values()]
    .filter((app) => app.workspaceId === workspaceId && app.environment === environment)
    .filter((app) => app.name === name && ended(app))
    .toSorted((one, other) => (other.stoppedAt ?? Infinity) - (one.stoppedAt ?? Infinity))[0];

const appView = ({ state }: Engine, app: App): AppView => ({
  ...(app.createdBy === undefined ? {} : { createdBy: app.createdBy }),
  ...(app.stoppedBy === undefined ? {} : { stoppedBy: app.stoppedBy }),
  ...deployedBy(app),
  appId: app.appId,
  workspaceId: app.workspaceId,
  environment: app.environment,
  description: app.description,
  ...(app.name === undefined ? {} : { name: app.name }),
  lifetime: app.lifetime,
  state: app.status,
  createdAt: app.createdAt,
  ...(app.stoppedAt === undefined ? {} : { stoppedAt: app.stoppedAt }),
  version: app.version,
  ...(app.deployedAt === undefined ? {} : { deployedAt: app.deployedAt }),
  functionIds: app.functionIds,
  classIds: Object.fromEntries(Object.entries(app.classes).map(([tag, { classId }]) => [tag, classId])),
  tags: app.tags,
  runningTasks: state.tasksOfApp.get(app.appId)?.size ?? 0,
});

const deployedBy = (app: App): Pick<AppView, 'deployedBy'> => {
  const by = versionOf(app, app.version)?.deployedBy;
  return by === undefined ? {} : { deployedBy: by };
};

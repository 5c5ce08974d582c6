import type { AnswerOf, AppPublished, AppVersionView, AskOf } from '@slipway/contracts';
import type { Decision } from '@slipway/kernel';
import type { AppVersion } from '../app/app-version.js';
import type { AppEvent } from '../app/app.events.js';
import type { App } from '../app/app.state.js';
import { publishApp, redeployApp, type FindDefinition } from '../app/deployment.decide.js';
import type { Engine } from '../engine.js';
import { definitionOf } from '../function/function.state.js';
import { scaledFunctions } from '../hot-state/scaled-functions.js';
import { rollOver } from '../reactions/roll-over.js';
import { settle } from '../reactions/settle.js';
import { owned } from './find.js';

/** What makes versions of apps, and tells of them. */
export const deploymentRequests = (engine: Engine) => {
  const { state, ports } = engine;
  const appOf = (ask: { appId: string; workspaceId: string }): App =>
    owned(state.apps.get(ask.appId), ask.workspaceId, 'app', ask.appId);

  const findDefinition =
    (app: App): FindDefinition =>
    (functionId, named) => {
      const fn = state.functions.get(functionId);
      if (fn?.kind !== 'defined' || fn.appId !== app.appId) return undefined;
      return named === undefined ? fn.definitionId : definitionOf(fn, named)?.definitionId;
    };

  const deploy = async (
    ask: { appId: string; workspaceId: string; deploymentId?: string },
    decide: (app: App) => Decision<AppEvent>,
  ): Promise<AppPublished> => {
    const at = ports.now();
    const events = engine.record(decide(appOf(ask)), at);
    if (events.some(({ type }) => type === 'app-published')) rollOver(engine, ask.appId, at);
    settle(engine, at);
    await engine.committed();
    const { versions, version } = appOf(ask);
    const made = versions.find(
      ({ deploymentId }) => deploymentId !== undefined && deploymentId === ask.deploymentId,
    );
    const serves = versions.find((known) => known.version === version);
    const told = made ?? (events.length > 0 ? versions.at(-1) : serves);
    return {
      version: told?.version ?? version,
      deployedAt: told?.deployedAt ?? at,
      changed: made !== undefined || events.length > 0,
    };
  };

  return {
    'publish-app': (ask: AskOf<'scheduler.publish-app'>): Promise<AppPublished> =>
      deploy(ask, (app) =>
        publishApp(app, ask, findDefinition(app), {
          holder: ask.name === '' ? undefined : state.appNamed({ ...app, name: ask.name }),
          isScaled: scaledFunctions(state, app).length > 0,
        }),
      ),

    'redeploy-app': (ask: AskOf<'scheduler.redeploy-app'>): Promise<AppPublished> =>
      deploy(ask, (app) => redeployApp(app, ask)),

    async 'list-versions'(
      ask: AskOf<'scheduler.list-versions'>,
    ): Promise<AnswerOf<'scheduler.list-versions'>> {
      const app = appOf(ask);
      const versions = app.versions.map((version) => versionView(app, version)).toReversed();
      await engine.committed();
      return { versions };
    },
  };
};

const versionView = (app: App, version: AppVersion): AppVersionView => {
  const { classes, deploymentId: _, ...told } = version;
  return {
    ...told,
    serves: version.version === app.version,
    classIds: Object.fromEntries(Object.entries(classes).map(([tag, { classId }]) => [tag, classId])),
  };
};

import type { AnswerOf, AskOf, ClassView, DefinitionId, FunctionId, FunctionView } from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { App } from '../app/app.state.js';
import type { Layout } from '../app/app-version.js';
import { versionOf } from '../app/deployment.decide.js';
import type { Engine } from '../engine.js';
import { bindFunction, defineFunction, scaleFunction } from '../function/function.decide.js';
import type { ResolvedFunction } from '../function/resolve-function.js';
import { inputsPerContainer } from '../reactions/load-of.js';
import { settle } from '../reactions/settle.js';
import { owned } from './find.js';

export const functionRequests = (engine: Engine) => {
  const { state, ports } = engine;
  const functionOf = (functionId: string, workspaceId: string): ResolvedFunction =>
    owned(state.resolve(functionId), workspaceId, 'function', functionId);
  const viewOf = (fn: ResolvedFunction): FunctionView => ({
    functionId: fn.functionId,
    appId: fn.appId,
    workspaceId: fn.workspaceId,
    environment: state.apps.get(fn.appId)?.environment ?? '',
    spec: fn.spec,
    deployedAutoscaler: fn.deployedAutoscaler,
    overrides: fn.overrides,
    definitionId: fn.definitionId,
    definitionDigest: fn.definitionDigest,
    ...(fn.baseFunctionId === fn.functionId ? {} : { baseFunctionId: fn.baseFunctionId }),
    ...(fn.serializedParams === undefined ? {} : { serializedParams: fn.serializedParams }),
    ...(fn.pinnedVersion === undefined ? {} : { pinnedVersion: fn.pinnedVersion }),
  });
  const definedAs = (app: App, named: Readonly<Record<FunctionId, DefinitionId>>): ResolvedFunction[] =>
    Object.entries(named).flatMap(([functionId, definitionId]) => {
      const fn = state.functions.get(functionId);
      if (fn?.kind !== 'defined' || fn.appId !== app.appId) return [];
      return state.resolve(functionId, definitionId || fn.definitionId) ?? [];
    });
  const appByName = (ask: { workspaceId: string; environment: string; appName: string }): App => {
    const app = state.appNamed({ ...ask, name: ask.appName });
    if (app === undefined)
      throw new RefusedError(
        refuse(
          'not-found',
          'app-not-found',
          `App '${ask.appName}' not found in environment '${ask.environment}': deploy it first, or check its name and environment`,
        ),
      );
    return app;
  };

  return {
    async 'create-function'(ask: AskOf<'scheduler.create-function'>) {
      const app = owned(state.apps.get(ask.appId), ask.workspaceId, 'app', ask.appId);
      const at = ports.now();
      engine.record(defineFunction(state.functions.get(ask.functionId), app, ask, at), at);
      settle(engine, at);
      await engine.committed();
      return {};
    },

    async 'bind-function'(ask: AskOf<'scheduler.bind-function'>): Promise<FunctionView> {
      const base = owned(state.functions.get(ask.functionId), ask.workspaceId, 'function', ask.functionId);
      const { appId } = functionOf(ask.functionId, ask.workspaceId);
      const app = owned(state.apps.get(appId), ask.workspaceId, 'app', appId);
      engine.record(bindFunction(state.functions.get(ask.boundFunctionId), base, app, ask), ports.now());
      const view = viewOf(functionOf(ask.boundFunctionId, ask.workspaceId));
      await engine.committed();
      return view;
    },

    async 'get-function'(ask: AskOf<'scheduler.get-function'>): Promise<FunctionView> {
      return viewOf(functionOf(ask.functionId, ask.workspaceId));
    },

    async 'find-function'(ask: AskOf<'scheduler.find-function'>): Promise<FunctionView> {
      const { functionIds, definitionIds } = layoutOf(appByName(ask), ask.version);
      const functionId = functionIds[ask.tag];
      if (functionId === undefined)
        throw new RefusedError(noSuchTag('function', ask, Object.keys(functionIds)));
      const fn = state.resolve(functionId, definitionIds[functionId]);
      return viewOf(owned(fn, ask.workspaceId, 'function', functionId));
    },

    async 'find-class'(ask: AskOf<'scheduler.find-class'>): Promise<ClassView> {
      const app = appByName(ask);
      const { classes } = layoutOf(app, ask.version);
      const found = classes[ask.tag];
      if (found === undefined) throw new RefusedError(noSuchTag('class', ask, Object.keys(classes)));
      return { ...found, appId: app.appId, tag: ask.tag };
    },

    async 'list-functions'(
      ask: AskOf<'scheduler.list-functions'>,
    ): Promise<AnswerOf<'scheduler.list-functions'>> {
      const app = owned(state.apps.get(ask.appId), ask.workspaceId, 'app', ask.appId);
      const { functionIds, definitionIds, classes } = layoutOf(app, ask.version ?? app.version);
      if (ask.definitionIds !== undefined)
        return { functions: definedAs(app, ask.definitionIds).map(viewOf), classes: [] };
      const defined = [...state.functions.values()].filter(
        (fn) => fn.kind === 'defined' && fn.appId === app.appId,
      );
      const isFromBeforePublication = app.versions.length === 0 && app.status !== 'running';
      const ids = isFromBeforePublication ? defined.map((fn) => fn.functionId) : Object.values(functionIds);
      return {
        functions: ids.flatMap((id) => {
          const fn = state.resolve(id, definitionIds[id]);
          return fn === undefined ? [] : [viewOf(fn)];
        }),
        classes: Object.entries(classes).map(([tag, found]) => ({ ...found, appId: app.appId, tag })),
      };
    },

    async 'scale-function'(
      ask: AskOf<'scheduler.scale-function'>,
    ): Promise<AnswerOf<'scheduler.scale-function'>> {
      const at = ports.now();
      const fn = owned(state.functions.get(ask.functionId), ask.workspaceId, 'function', ask.functionId);
      const { autoscaler } = functionOf(ask.functionId, ask.workspaceId).spec;
      engine.record(scaleFunction(fn, autoscaler, ask.settings, { byId: ask.byId, byName: ask.byName }), at);
      settle(engine, at);
      await engine.committed();
      return functionOf(ask.functionId, ask.workspaceId).spec.autoscaler;
    },

    async 'function-stats'(
      ask: AskOf<'scheduler.function-stats'>,
    ): Promise<AnswerOf<'scheduler.function-stats'>> {
      const fn = functionOf(ask.functionId, ask.workspaceId);
      const tasks = state.liveTasks(fn.functionId).length;
      const runningInputs = state.runningOfFunction.get(fn.functionId) ?? 0;
      return {
        backlog: state.queue(fn.functionId).size,
        runningInputs,
        tasks,
        inputHeadroom: Math.max(0, tasks * inputsPerContainer(fn) - runningInputs),
      };
    },
  };
};

/** What an app serves, or what another version of it has. */
const layoutOf = (app: App, version?: number): Layout => {
  if (version === undefined || version === app.version) return app;
  const found = versionOf(app, version);
  if (found === undefined)
    throw new RefusedError(
      refuse(
        'not-found',
        'version-not-found',
        `App '${app.name ?? app.appId}' has no version v${version}; the newest is v${app.versions.at(-1)?.version ?? 0}`,
      ),
    );
  return found;
};

const noSuchTag = (
  what: string,
  ask: { appName: string; environment: string; tag: string },
  tags: readonly string[],
) =>
  refuse(
    'not-found',
    `${what}-not-found`,
    `App '${ask.appName}' in environment '${ask.environment}' has no ${what} '${ask.tag}'` +
      (tags.length === 0 ? '' : `; it has: ${tags.toSorted().join(', ')}`),
  );

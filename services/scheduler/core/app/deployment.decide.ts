import type { DefinitionId, FunctionId, PublishApp, RedeployApp } from '@slipway/contracts';
import { isRefusal, refuse, type Decision, type Refusal } from '@slipway/kernel';
import { sameLayout, type AppVersion, type Layout } from './app-version.js';
import { ended, refuseTakenName } from './app.decide.js';
import type { AppEvent } from './app.events.js';
import type { App } from './app.state.js';

/** The named definition of one of the app's functions, or its newest; undefined where there is none. */
export type FindDefinition = (
  functionId: FunctionId,
  named: DefinitionId | undefined,
) => DefinitionId | undefined;

/** `holder` is the app that has the name which is published. With `isScaled`, a setting of an autoscaler counts in place of a definition's. */
export type Around = Readonly<{ holder?: App | undefined; isScaled?: boolean }>;

/**
 * Makes what was defined the version that serves, or a staged one. Nothing happens when exactly that is served already and was not
 * scaled, which a deployment sets back.
 */
export const publishApp = (
  app: App,
  command: PublishApp,
  find: FindDefinition,
  { holder, isScaled = false }: Around = {},
): Decision<AppEvent> => {
  if (ended(app)) return appStopped(app);
  if (wasMade(app, command.deploymentId)) return [];
  const taken = refuseTakenName(app.appId, holder);
  if (taken) return taken;
  const layout = layoutOf(app, command, find);
  if (isRefusal(layout)) return layout;
  if (command.staged && app.version === 0)
    return refuse(
      'conflict',
      'nothing-serves',
      `the app ${command.name || app.appId} serves no version yet: deploy it once without staging`,
    );
  if (!command.staged && !isScaled && changesNothing(app, command, layout)) return [];
  const data = { ...command, ...layout, version: nextVersion(app) };
  return command.staged
    ? [{ type: 'version-staged', data: { ...data, kind: 'staged' } }]
    : [{ type: 'app-published', data: { ...data, kind: 'standard' } }];
};

/** Makes a version anew of one that there is. */
export const redeployApp = (app: App, command: RedeployApp): Decision<AppEvent> => {
  if (ended(app)) return appStopped(app);
  if (wasMade(app, command.deploymentId)) return [];
  const source = sourceOf(app, command);
  if (isRefusal(source)) return source;
  const { functionIds, classes, definitionIds, tags } = source;
  const { deploymentTag, commit, clientVersion } = source;
  return [
    {
      type: 'app-published',
      data: {
        appId: app.appId,
        workspaceId: app.workspaceId,
        deploymentId: command.deploymentId,
        name: '',
        ...{ functionIds, classes, definitionIds, tags },
        classIds: Object.fromEntries(Object.entries(classes).map(([tag, { classId }]) => [tag, classId])),
        ...(deploymentTag === undefined ? {} : { deploymentTag }),
        ...(commit === undefined ? {} : { commit }),
        ...(clientVersion === undefined ? {} : { clientVersion }),
        ...(command.deployedBy === undefined ? {} : { deployedBy: command.deployedBy }),
        version: nextVersion(app),
        kind: command.kind,
        sourceVersion: source.version,
      },
    },
  ];
};

const appStopped = (app: App): Refusal =>
  refuse('conflict', 'app-stopped', `the app ${app.name ?? app.appId} is ${app.status}: deploy it again`);

const wasMade = (app: App, deploymentId: string | undefined): boolean =>
  deploymentId !== undefined && app.versions.some((version) => version.deploymentId === deploymentId);

const nextVersion = (app: App): number => (app.versions.at(-1)?.version ?? app.version) + 1;

const layoutOf = (app: App, command: PublishApp, find: FindDefinition): Layout | Refusal => {
  const definitionIds: Record<FunctionId, DefinitionId> = {};
  for (const [tag, functionId] of Object.entries(command.functionIds)) {
    const named = command.definitionIds[functionId] || undefined;
    const definitionId = find(functionId, named);
    if (definitionId === undefined)
      return refuse(
        'invalid',
        'function-not-defined',
        `function_ids names ${functionId} as '${tag}', of which the app ${app.appId} has no definition${named === undefined ? '' : ` ${named}`}`,
      );
    definitionIds[functionId] = definitionId;
  }
  const classes: Record<string, Layout['classes'][string]> = {};
  for (const [tag, classId] of Object.entries(command.classIds)) {
    const functionId = command.functionIds[`${tag}.*`];
    if (functionId === undefined)
      return refuse(
        'invalid',
        'class-without-function',
        `class_ids names the class '${tag}', but function_ids has no function '${tag}.*'`,
      );
    classes[tag] = { classId, functionId };
  }
  return { functionIds: command.functionIds, classes, definitionIds, tags: command.tags ?? app.tags };
};

const changesNothing = (app: App, command: PublishApp, layout: Layout): boolean => {
  const current = app.versions.at(-1);
  return (
    app.status === 'running' &&
    current?.version === app.version &&
    sameLayout(app, layout) &&
    (command.lifetime ?? app.lifetime) === app.lifetime &&
    (command.name || app.name) === app.name &&
    current.deploymentTag === command.deploymentTag &&
    current.commit?.commitHash === command.commit?.commitHash
  );
};

const sourceOf = (app: App, command: RedeployApp): AppVersion | Refusal => {
  const what = `the app ${app.name ?? app.appId}`;
  const current = versionOf(app, app.version);
  if (current === undefined)
    return refuse('conflict', 'nothing-serves', `${what} serves no version yet: deploy it first`);
  if (command.kind === 'rollover') return current;
  const found = command.version < 0 ? versionBack(app, -command.version) : versionOf(app, command.version);
  if (found === undefined)
    return refuse(
      'not-found',
      'version-not-found',
      command.version < 0
        ? `${what} has no version that served ${-command.version} before v${app.version}`
        : `${what} has no version v${command.version}: it has v1 to v${nextVersion(app) - 1}`,
    );
  if (command.kind === 'promotion' && found.kind !== 'staged')
    return refuse(
      'invalid',
      'not-staged',
      `v${found.version} of ${what} is not staged: it has served already`,
    );
  if (command.kind === 'rollback' && found.kind === 'staged')
    return refuse('invalid', 'never-served', `v${found.version} of ${what} is staged: promote it instead`);
  if (command.kind === 'rollback' && found === current)
    return refuse('invalid', 'serves-already', `v${found.version} of ${what} is the one that serves`);
  return found;
};

export const versionOf = (app: App, version: number): AppVersion | undefined =>
  app.versions.find((known) => known.version === version);

/** Each version that ever served made the one before it stop: the last of them is the one that serves. */
const versionBack = (app: App, back: number): AppVersion | undefined =>
  app.versions.filter(({ kind }) => kind !== 'staged').at(-1 - back);

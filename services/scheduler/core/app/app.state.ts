import type { AppId, AppLifetime, FunctionId, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { serve, type AppVersion, type Layout, type Serving } from './app-version.js';
import type { AppEvent, AppPublished } from './app.events.js';

/** The layout of an app is that of the version which serves. */
export type App = Layout &
  Readonly<{
    appId: AppId;
    workspaceId: WorkspaceId;
    environment: string;
    description: string;
    lifetime: AppLifetime;
    name?: string;
    status: 'created' | 'running' | 'stopping' | 'stopped';
    createdAt: Instant;
    createdBy?: string;
    stopReason?: string;
    stoppedAt?: Instant;
    stoppedBy?: string;
    /** The version that serves; 0 before the first. */
    version: number;
    deployedAt?: Instant;
    /** In the order in which they were made. */
    versions: readonly AppVersion[];
    /** Functions that were served at least once. */
    serving: Readonly<Record<FunctionId, Serving>>;
  }>;

export const evolveApp = (app: App | undefined, event: AppEvent, at: Instant): App => {
  if (event.type === 'app-created')
    return {
      appId: event.data.appId,
      workspaceId: event.data.workspaceId,
      environment: event.data.environment,
      description: event.data.description,
      lifetime: event.data.lifetime,
      ...(event.data.name === undefined ? {} : { name: event.data.name }),
      ...(event.data.createdBy === undefined ? {} : { createdBy: event.data.createdBy }),
      tags: event.data.tags ?? {},
      status: 'created',
      createdAt: at,
      version: 0,
      functionIds: {},
      classes: {},
      definitionIds: {},
      versions: [],
      serving: {},
    };
  if (app === undefined)
    throw new Error(`${event.type} of the app ${event.data.appId}, which was never created`);
  switch (event.type) {
    case 'app-published': {
      const version = versionOf(app, event.data, at);
      const { functionIds, classes, definitionIds, tags } = version;
      return {
        ...app,
        ...{ functionIds, classes, definitionIds, tags },
        status: 'running',
        lifetime: event.data.lifetime ?? app.lifetime,
        ...(event.data.name ? { name: event.data.name } : {}),
        version: version.version,
        deployedAt: at,
        versions: [...app.versions, version],
        serving: serve(app.serving, version),
      };
    }
    case 'app-kept':
      return { ...app, status: 'running' };
    case 'version-staged':
      return { ...app, versions: [...app.versions, versionOf(app, event.data, at)] };
    case 'class-created': {
      const { tag, classId, functionId } = event.data;
      return { ...app, classes: { ...app.classes, [tag]: { classId, functionId } } };
    }
    case 'app-tagged':
      return { ...app, tags: event.data.tags };
    case 'app-stop-requested': {
      const { reason, stoppedBy } = event.data;
      return {
        ...app,
        status: 'stopping',
        stopReason: reason,
        ...(stoppedBy === undefined ? {} : { stoppedBy }),
      };
    }
    case 'app-stopped':
      return { ...app, status: 'stopped', stoppedAt: at };
    default:
      return event satisfies never;
  }
};

const versionOf = (app: App, data: AppPublished['data'], at: Instant): AppVersion => ({
  version: data.version,
  kind: data.kind ?? 'standard',
  functionIds: data.functionIds,
  classes: data.classes ?? app.classes,
  definitionIds: data.definitionIds,
  tags: data.tags ?? app.tags,
  deployedAt: at,
  ...(data.sourceVersion === undefined ? {} : { sourceVersion: data.sourceVersion }),
  ...(data.deploymentId === undefined ? {} : { deploymentId: data.deploymentId }),
  ...(data.deploymentTag === undefined ? {} : { deploymentTag: data.deploymentTag }),
  ...(data.commit === undefined ? {} : { commit: data.commit }),
  ...(data.clientVersion === undefined ? {} : { clientVersion: data.clientVersion }),
  ...(data.deployedBy === undefined ? {} : { deployedBy: data.deployedBy }),
});

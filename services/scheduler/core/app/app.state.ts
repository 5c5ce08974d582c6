import type { AppId, AppLifetime, ClassId, FunctionId, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { AppEvent } from './app.events.js';

export type App = Readonly<{
  appId: AppId;
  workspaceId: WorkspaceId;
  environment: string;
  description: string;
  lifetime: AppLifetime;
  name?: string;
  tags: Readonly<Record<string, string>>;
  status: 'created' | 'running' | 'stopping' | 'stopped';
  stopReason?: string;
  createdAt: Instant;
  stoppedAt?: Instant;
  deployedAt?: Instant;
  version: number;
  functionIds: Readonly<Record<string, FunctionId>>;
  /** Classes by tag. */
  classes: Readonly<Record<string, Readonly<{ classId: ClassId; functionId: FunctionId }>>>;
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
      tags: event.data.tags ?? {},
      status: 'created',
      createdAt: at,
      version: 0,
      functionIds: {},
      classes: {},
    };
  if (app === undefined)
    throw new Error(`${event.type} of the app ${event.data.appId}, which was never created`);
  switch (event.type) {
    case 'app-published':
      return {
        ...app,
        status: 'running',
        lifetime: event.data.lifetime,
        ...(event.data.name ? { name: event.data.name } : {}),
        functionIds: event.data.functionIds,
        tags: event.data.tags ?? app.tags,
        version: event.data.version,
        deployedAt: at,
      };
    case 'class-created': {
      const { tag, classId, functionId } = event.data;
      return { ...app, classes: { ...app.classes, [tag]: { classId, functionId } } };
    }
    case 'app-stop-requested':
      return { ...app, status: 'stopping', stopReason: event.data.reason };
    case 'app-stopped':
      return { ...app, status: 'stopped', stoppedAt: at };
    default:
      return event satisfies never;
  }
};

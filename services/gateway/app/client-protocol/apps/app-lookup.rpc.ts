import { AppGetByDeploymentNameResponse, AppListResponse } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { appStateOf, lifecycleOf } from './app-state.js';

/** An empty id says that nothing is deployed under the name; who had it last is told then. */
export const appGetByDeploymentName =
  ({ bus, environments }: Pick<RpcParts, 'bus' | 'environments'>): UnaryRpc<'appGetByDeploymentName'> =>
  async ({ name, environmentName }, { caller }) => {
    const environment = await environments.resolve(caller, environmentName);
    const { app, stopped } = await bus.request('scheduler.find-app', {
      workspaceId: caller.workspaceId,
      environment,
      name,
    });
    return AppGetByDeploymentNameResponse.fromPartial({
      environmentName: environment,
      ...(app ? { appId: app.appId, lifecycle: lifecycleOf(app) } : {}),
      ...(stopped ? { previousAppId: stopped.appId, lifecycle: lifecycleOf(stopped) } : {}),
    });
  };

export const appGetLifecycle =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'appGetLifecycle'> =>
  async ({ appId }, { caller: { workspaceId } }) => ({
    lifecycle: lifecycleOf(await bus.request('scheduler.get-app', { workspaceId, appId })),
  });

export const appList =
  ({ bus, environments }: Pick<RpcParts, 'bus' | 'environments'>): UnaryRpc<'appList'> =>
  async ({ environmentName }, { caller }) => {
    const environment = await environments.resolve(caller, environmentName);
    const { apps } = await bus.request('scheduler.list-apps', {
      workspaceId: caller.workspaceId,
      environment,
    });
    return AppListResponse.fromPartial({
      apps: apps.map((app) => ({
        appId: app.appId,
        description: app.description,
        state: appStateOf(app),
        createdAt: app.createdAt / 1000,
        nRunningTasks: app.runningTasks,
        name: app.name ?? '',
        ...(app.stoppedAt === undefined ? {} : { stoppedAt: app.stoppedAt / 1000 }),
      })),
    });
  };

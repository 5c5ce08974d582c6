import type { AppVersionView, DeploymentKind } from '@slipway/contracts';
import { AppDeploymentHistory, AppDeploymentHistoryResponse, DeploymentType } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

const TYPES: Readonly<Record<DeploymentKind, DeploymentType>> = {
  standard: DeploymentType.STANDARD,
  rollback: DeploymentType.ROLLBACK,
  rollover: DeploymentType.ROLLOVER,
  promotion: DeploymentType.PROMOTION,
  staged: DeploymentType.STAGED,
};

/** Every version of an app, the newest first. */
export const appDeploymentHistory =
  ({ bus }: Pick<RpcParts, 'bus'>): UnaryRpc<'appDeploymentHistory'> =>
  async ({ appId }, { caller: { workspaceId } }) => {
    const { versions } = await bus.request('scheduler.list-versions', { workspaceId, appId });
    return AppDeploymentHistoryResponse.fromPartial({
      appDeploymentHistories: versions.map((version) => historyOf(appId, version)),
      productionAppVersion: versions.find(({ serves }) => serves)?.version ?? 0,
    });
  };

const historyOf = (appId: string, version: AppVersionView): AppDeploymentHistory =>
  AppDeploymentHistory.fromPartial({
    appId,
    version: version.version,
    clientVersion: version.clientVersion ?? '',
    deployedAt: version.deployedAt / 1000,
    deployedBy: version.deployedBy ?? '',
    tag: version.deploymentTag ?? '',
    rollbackVersion: version.kind === 'rollover' ? 0 : (version.sourceVersion ?? 0),
    rollbackAllowed: !version.serves && version.kind !== 'staged',
    ...(version.commit === undefined ? {} : { commitInfo: version.commit }),
    deploymentType: TYPES[version.kind],
  });

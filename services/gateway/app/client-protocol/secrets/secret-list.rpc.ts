import { refuse, RefusedError } from '@slipway/kernel';
import { SecretListResponse } from '@slipway/protocol';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { secretMetadata } from './secret-metadata.js';

export const secretList =
  ({ secrets, environments }: Pick<RpcParts, 'secrets' | 'environments'>): UnaryRpc<'secretList'> =>
  async ({ environmentName }, { caller }) => {
    const environment = await environments.resolve(caller, environmentName);
    const rows = await secrets.list(caller.workspaceId, environment);
    return SecretListResponse.fromPartial({
      environmentName: environment,
      items: rows.map((row) => ({
        label: row.name ?? '',
        createdAt: row.createdAt / 1000,
        environmentName: environment,
        secretId: row.secretId,
        metadata: secretMetadata(row),
      })),
    });
  };

export const secretDelete =
  ({ secrets }: Pick<RpcParts, 'secrets'>): UnaryRpc<'secretDelete'> =>
  async ({ secretId }, { caller }) => {
    const deleted = await secrets.delete(caller.workspaceId, secretId);
    if (!deleted)
      throw new RefusedError(
        refuse('not-found', 'secret-not-found', `No secret ${secretId} in this workspace.`),
      );
    return {};
  };

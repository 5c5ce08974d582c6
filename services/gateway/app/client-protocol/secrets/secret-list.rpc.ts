import { refuse, RefusedError } from '@slipway/kernel';
import { SecretListResponse } from '@slipway/protocol';
import { listPage } from '../list-page.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { secretMetadata } from './secret-metadata.js';

type Parts = Pick<RpcParts, 'secrets' | 'environments'>;

export const secretList =
  ({ secrets, environments }: Parts): UnaryRpc<'secretList'> =>
  async ({ environmentName, pagination }, { caller }) => {
    const environment = await environments.resolve(caller, environmentName);
    const rows = await secrets.list({
      workspaceId: caller.workspaceId,
      environment,
      ...listPage(pagination),
    });
    return SecretListResponse.fromPartial({
      environmentName: environment,
      items: rows.map((row) => ({
        label: row.name ?? '',
        createdAt: row.createdAt / 1000,
        lastUsedAt: (row.lastUsedAt ?? 0) / 1000,
        environmentName: environment,
        secretId: row.secretId,
        metadata: secretMetadata(row),
      })),
    });
  };

export const secretGetInfo =
  ({ secrets }: Parts): UnaryRpc<'secretGetInfo'> =>
  async ({ secretId }, { caller }) => ({
    metadata: secretMetadata(await secrets.get(caller.workspaceId, secretId)),
  });

/** Containers that start later see the new values. */
export const secretUpdate =
  ({ secrets }: Parts): UnaryRpc<'secretUpdate'> =>
  async ({ secretId, updates }, { caller }) => {
    const changes = Object.fromEntries(updates.map(({ key, value }) => [key, value]));
    await secrets.change(caller.workspaceId, secretId, changes);
    return {};
  };

export const secretDelete =
  ({ secrets }: Parts): UnaryRpc<'secretDelete'> =>
  async ({ secretId }, { caller }) => {
    const deleted = await secrets.delete(caller.workspaceId, secretId);
    if (!deleted)
      throw new RefusedError(
        refuse('not-found', 'secret-not-found', `No secret ${secretId} in this workspace.`),
      );
    return {};
  };

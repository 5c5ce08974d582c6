import { refuse, RefusedError } from '@slipway/kernel';
import type { WorkspaceId } from '@slipway/contracts';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';
import { checkScoping } from './check-token-access.js';

type Parts = Pick<RpcParts, 'proxyTokens' | 'environments'>;

const checkEnvironment = async (
  { environments }: Pick<Parts, 'environments'>,
  workspaceId: WorkspaceId,
  environmentId: string,
): Promise<void> => {
  const known = await environments.list(workspaceId);
  if (known.some((environment) => environment.environmentId === environmentId)) return;
  throw new RefusedError(
    refuse(
      'not-found',
      'environment-not-found',
      `No environment ${environmentId} in this workspace. There are: ${known.map(({ name }) => name).join(', ')}.`,
    ),
  );
};

export const webhookTokenEnvironmentAdd =
  (parts: Parts): UnaryRpc<'webhookTokenEnvironmentAdd'> =>
  async ({ tokenId, environmentId }, { caller }) => {
    const { workspaceId } = caller;
    await checkEnvironment(parts, workspaceId, environmentId);
    await checkScoping(parts, caller, tokenId);
    await parts.proxyTokens.allowIn(workspaceId, tokenId, environmentId);
    return {};
  };

export const webhookTokenEnvironmentRemove =
  (parts: Parts): UnaryRpc<'webhookTokenEnvironmentRemove'> =>
  async ({ tokenId, environmentId }, { caller }) => {
    const { workspaceId } = caller;
    await checkEnvironment(parts, workspaceId, environmentId);
    await checkScoping(parts, caller, tokenId);
    await parts.proxyTokens.disallowIn(workspaceId, tokenId, environmentId);
    return {};
  };

export const webhookTokenEnvironmentList =
  ({ proxyTokens }: Pick<Parts, 'proxyTokens'>): UnaryRpc<'webhookTokenEnvironmentList'> =>
  async ({ tokenId }, { caller: { workspaceId } }) => {
    const { environmentIds } = await proxyTokens.get(workspaceId, tokenId);
    return { environmentIds };
  };

import { assembleLayout } from '../../layout/assemble-layout.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

export const appGetLayout =
  (parts: Pick<RpcParts, 'bus' | 'handles'>): UnaryRpc<'appGetLayout'> =>
  async ({ appId }, { caller: { workspaceId } }) => ({
    appLayout: await assembleLayout(parts, { workspaceId, appId }),
  });

import { assembleLayout } from '../../layout/assemble-layout.js';
import type { UnaryRpc } from '../rpc.js';
import type { RpcParts } from '../rpc-parts.js';

export const appGetLayout =
  (parts: Pick<RpcParts, 'bus' | 'handles'>): UnaryRpc<'appGetLayout'> =>
  async ({ appId }, { caller: { workspaceId } }) => {
    const { version } = await parts.bus.request('scheduler.get-app', { workspaceId, appId });
    return { appLayout: await assembleLayout(parts, { workspaceId, appId, version }) };
  };

import type { UnaryRpc } from '../rpc.js';

export const workspaceNameLookup =
  (): UnaryRpc<'workspaceNameLookup'> =>
  async (_request, { caller }) => {
    const workspaceName = caller.kind === 'token' ? caller.workspaceName : caller.workspaceId;
    return { workspaceName, username: workspaceName };
  };

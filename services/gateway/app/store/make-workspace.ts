import { newToken, randomTokenId, type TokenMade } from './new-token.js';
import type { WorkspaceRow } from './entities.js';
import { firstOwnerId } from './make-first-workspace.js';
import type { Principals } from './principals.js';
import type { Tokens } from './tokens.js';
import type { Workspaces } from './workspaces.js';

export type NewWorkspace = Readonly<{ name: string; owner: string; createdBy: string; createdAt: number }>;

type Parts = Readonly<{ workspaces: Workspaces; principals: Principals; tokens: Tokens }>;

/**
 * Makes a workspace with its owner and a first token, whose secret is told here alone. Whoever did not hear it makes the workspace
 * again: until a token of it was used, that gives it an owner and a token anew, and the ones before end.
 */
export const makeWorkspace = async (
  { workspaces, principals, tokens }: Parts,
  { name, owner, createdBy, createdAt }: NewWorkspace,
): Promise<Readonly<{ workspace: WorkspaceRow; token: TokenMade }>> => {
  const workspace = await workspaces.create(name, createdAt);
  const { workspaceId } = workspace;
  const principal = {
    principalId: firstOwnerId(workspaceId),
    kind: 'member',
    name: owner,
    role: 'owner',
  } as const;
  await principals.delete(principal.principalId);
  await principals.create({ ...principal, workspaceId, createdBy, createdAt });
  const token = await newToken(tokens, {
    tokenId: randomTokenId(),
    workspaceId,
    principal,
    name: 'first token',
    createdAt,
  });
  return { workspace, token };
};

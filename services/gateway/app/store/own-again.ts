import { refuse, RefusedError } from '@slipway/kernel';
import { randomId } from '@slipway/protocol';
import { newToken, randomTokenId, type TokenMade } from './new-token.js';
import type { NewPrincipal, PrincipalRow, Principals } from './principals.js';
import type { Tokens } from './tokens.js';
import type { Workspaces } from './workspaces.js';

export type OwnerWanted = Readonly<{
  workspace: string;
  owner: string;
  createdBy: string;
  createdAt: number;
}>;

type Parts = Readonly<{ workspaces: Workspaces; principals: Principals; tokens: Tokens }>;

/**
 * Gives a workspace that its owners are locked out of an owner with a token: an owner who is there gets one more, whom nobody knows
 * joins. Throws RefusedError where there is no such workspace, or the name is that of a member who owns nothing.
 */
export const ownAgain = async (
  { workspaces, principals, tokens }: Parts,
  { workspace, owner, createdBy, createdAt }: OwnerWanted,
): Promise<Readonly<{ principal: PrincipalRow; token: TokenMade }>> => {
  const { workspaceId } = await workspaces.named(workspace);
  const members = await principals.list(workspaceId, 'member');
  const there = members.find(({ name }) => name === owner);
  if (there !== undefined && there.role !== 'owner')
    throw new RefusedError(
      refuse(
        'conflict',
        'not-an-owner',
        `'${owner}' is a ${there.role} of '${workspace}': name one of its owners (${ownersOf(members)}), or somebody new.`,
      ),
    );
  const fresh: NewPrincipal = {
    ...{ principalId: randomId('us'), workspaceId, createdBy, createdAt },
    ...{ kind: 'member', name: owner, role: 'owner' },
  };
  if (there === undefined) await principals.create(fresh);
  const principal = there ?? fresh;
  const token = await newToken(tokens, {
    ...{ tokenId: randomTokenId(), workspaceId, principal, createdAt },
    name: `from ${createdBy}`,
  });
  return { principal, token };
};

const ownersOf = (members: readonly PrincipalRow[]): string =>
  members
    .filter(({ role }) => role === 'owner')
    .map(({ name }) => `'${name}'`)
    .join(', ');

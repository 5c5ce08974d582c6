import { refuse, type Refusal } from '@slipway/kernel';
import type { WorkspaceId } from '@slipway/contracts';

/** Where the owner of a domain says whose it is. */
export const proofName = (domain: string): string => `_slipway.${domain}`;

/** The text record by which a workspace shows that whoever holds the domain's DNS wants it to have the domain. */
export const proofText = (workspaceId: WorkspaceId): string => `workspace=${workspaceId}`;

export type DomainClaim = Readonly<{
  domain: string;
  workspaceId: WorkspaceId;
  /** The workspace that has the domain: it keeps it, whether its app runs or not, until it lets it go. */
  heldBy: WorkspaceId | undefined;
  /** Whether also the first claim of a domain must be proven. */
  proof: 'always' | 'of-others';
  /** The text records at `proofName`. */
  texts: readonly string[];
}>;

/** Why a workspace may not have a domain, if so. Whoever proves that it is theirs may take it from another workspace. */
export const refuseDomainClaim = (claim: DomainClaim): Refusal | undefined => {
  const { domain, workspaceId, heldBy, proof, texts } = claim;
  if (heldBy === workspaceId || texts.includes(proofText(workspaceId))) return undefined;
  if (heldBy === undefined && proof === 'of-others') return undefined;
  const how = `add the DNS record \`${proofName(domain)} TXT "${proofText(workspaceId)}"\` and deploy again`;
  return heldBy === undefined
    ? refuse('forbidden', 'domain-not-proven', `To show that the domain '${domain}' is yours, ${how}.`)
    : refuse(
        'already-exists',
        'domain-taken',
        `The domain '${domain}' belongs to another workspace. If it is yours, ${how}.`,
      );
};

/** Whether the records must be looked up to judge a claim. */
export const needsProof = ({
  workspaceId,
  heldBy,
  proof,
}: Pick<DomainClaim, 'workspaceId' | 'heldBy' | 'proof'>): boolean =>
  heldBy === undefined ? proof === 'always' : heldBy !== workspaceId;

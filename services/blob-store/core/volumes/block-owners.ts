import type { Digest, WorkspaceId } from '@slipway/contracts';

/** Which workspace has shown that it has which bytes: knowing a digest is not enough to get them. */
export interface BlockOwners {
  /** Those of the bytes, blocks or whole files, that this workspace has put before, and that are whole. */
  owned(workspaceId: WorkspaceId, digests: readonly Digest[]): Promise<readonly Digest[]>;
  add(workspaceId: WorkspaceId, digests: readonly Digest[]): Promise<void>;
}

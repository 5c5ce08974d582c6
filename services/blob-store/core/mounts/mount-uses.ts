import type { AppId, CallId, MountId, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Use } from '../garbage/is-garbage.js';

export type MountUser = AppId | CallId;

/** Who uses which mounts. Mounts that are kept have no use written down. */
export interface MountUses {
  /** Those of the mounts that belong to one of the workspaces; from now on they are used, by `usedBy` if there is one. */
  note(
    workspaceIds: readonly WorkspaceId[],
    mountIds: readonly MountId[],
    use: Readonly<{ usedBy?: MountUser; at: Instant }>,
  ): Promise<readonly MountId[]>;
  /** In their order, those that come after `after`. */
  users(
    page: Readonly<{ notedBefore: Instant; after: string; limit: number }>,
  ): Promise<readonly MountUser[]>;
  /** Their uses are over, unless noted anew; what they used was used until `at`. */
  forgetUsers(
    users: readonly MountUser[],
    when: Readonly<{ notedBefore: Instant; at: Instant }>,
  ): Promise<void>;
  /** Mounts that may be garbage, for the rule to judge. */
  unused(before: Instant, limit: number): Promise<readonly (Readonly<{ mountId: MountId }> & Use)[]>;
  /** Forgets a mount unless it was used or made again in the meantime; says whether it did. */
  forget(mountId: MountId, untouchedSince: Instant): Promise<boolean>;
}

import type { MountId, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Use } from '../garbage/is-garbage.js';
import type { User, Uses } from '../garbage/uses.js';

/** Who uses which mounts. Mounts that are kept have no use written down. */
export interface MountUses extends Uses {
  /** Those of the mounts that belong to one of the workspaces; from now on they are used, by `usedBy` if there is one. */
  note(
    workspaceIds: readonly WorkspaceId[],
    mountIds: readonly MountId[],
    use: Readonly<{ usedBy?: User; at: Instant }>,
  ): Promise<readonly MountId[]>;
  /** Mounts that may be garbage, for the rule to judge. */
  unused(before: Instant, limit: number): Promise<readonly (Readonly<{ mountId: MountId }> & Use)[]>;
  /** Forgets a mount unless it was used or made again in the meantime; says whether it did. */
  forget(mountId: MountId, untouchedSince: Instant): Promise<boolean>;
}

import type { VolumeView, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

/** How long an ephemeral volume lives on after its last heartbeat; clients send one each five minutes. */
export const EPHEMERAL_LEASE_MS = 15 * 60 * 1000;

/** A volume as the records keep it; an ephemeral one ends at `expiresAt`. */
export type VolumeRecord = VolumeView & Readonly<{ workspaceId: WorkspaceId; expiresAt?: Instant }>;

export const viewOfVolume = ({
  workspaceId: _workspaceId,
  expiresAt: _expiresAt,
  ...view
}: VolumeRecord): VolumeView => view;

import type { VolumeView, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

/** Heartbeats come every five minutes. */
export const EPHEMERAL_LEASE_MS = 11 * 60 * 1000;

/** A volume as the records keep it; an ephemeral one ends at `expiresAt`. */
export type VolumeRecord = VolumeView & Readonly<{ workspaceId: WorkspaceId; expiresAt?: Instant }>;

export const viewOfVolume = ({
  workspaceId: _workspaceId,
  expiresAt: _expiresAt,
  ...view
}: VolumeRecord): VolumeView => view;

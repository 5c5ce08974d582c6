import type { VolumeSize, VolumeUsage } from '@slipway/contracts';

const HOUR_MS = 3_600_000;
const NS_PER_MS = 1_000_000;

/** The last hour that is over, by its number since 1970. */
export const lastWholeHour = (atMs: number): number => Math.floor(atMs / HOUR_MS) - 1;

/** What a volume held in an hour: in its first one, from its creation on; before that, nothing. */
export const volumeUsage = (volume: VolumeSize, hour: number): VolumeUsage | undefined => {
  const endMs = (hour + 1) * HOUR_MS;
  const fromMs = Math.max(hour * HOUR_MS, volume.createdAtMs);
  if (fromMs >= endMs) return undefined;
  return {
    kind: 'volume',
    volumeId: volume.volumeId,
    ...(volume.name !== undefined && { volumeName: volume.name }),
    sequence: hour - Math.floor(volume.createdAtMs / HOUR_MS),
    workspaceId: volume.workspaceId,
    environment: volume.environment,
    fromMs,
    durationNs: (endMs - fromMs) * NS_PER_MS,
    storedBytes: volume.storedBytes,
  };
};

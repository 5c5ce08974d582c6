import type { ContainerUsage, VolumeUsage } from '@slipway/contracts';

const S = 1_000_000_000;
const GIB = 1024 ** 3;

/** A fact of a container that was idle for ten seconds with a core and a GiB of its own. */
export const containerFact = (changed: Partial<ContainerUsage> = {}): ContainerUsage => {
  const durationNs = changed.durationNs ?? 10 * S;
  const seconds = Math.floor(durationNs / S);
  return {
    kind: 'container',
    containerId: 'ta-1',
    sequence: 0,
    workerId: 'worker-1',
    workspaceId: 'ws-1',
    environment: 'main',
    appId: 'ap-1',
    appName: 'shop',
    functionId: 'fu-1',
    functionTag: 'sell',
    purpose: 'serve',
    region: 'eu-north',
    tags: { team: 'sales' },
    preemptible: true,
    fromMs: Date.UTC(2026, 10, 1),
    durationNs,
    phases: { startingNs: 0, busyNs: 0, idleNs: durationNs, stoppingNs: 0 },
    calls: [],
    cpu: { usedNs: 0, reservedNs: durationNs },
    memory: {
      usedByteSeconds: 0,
      reservedByteSeconds: seconds * GIB,
      billableByteSeconds: seconds * GIB,
    },
    disk: { usedByteSeconds: 0, reservedByteSeconds: 0, billableByteSeconds: 0 },
    gpus: [],
    egressBytes: 0,
    ...changed,
  };
};

export const volumeFact = (changed: Partial<VolumeUsage> = {}): VolumeUsage => ({
  kind: 'volume',
  volumeId: 'vo-1',
  volumeName: 'models',
  sequence: 0,
  workspaceId: 'ws-1',
  environment: 'main',
  fromMs: Date.UTC(2026, 10, 1),
  durationNs: 3600 * S,
  storedBytes: 5 * GIB,
  ...changed,
});

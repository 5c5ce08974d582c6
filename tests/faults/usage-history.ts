import type { ContainerUsage } from '@slipway/contracts';
import { Chance } from '../simulation/chance.ts';

const HOURS = 39;
const CONTAINERS = 12;
const FACTS = 6;
const SECOND_NS = 1_000_000_000;

/**
 * The usage of some containers of two workspaces, in an order that the seed chooses. Together it lies within forty hours from
 * `startMs` on.
 */
export const usageOf = (seed: number, startMs: number): readonly ContainerUsage[] => {
  const chance = new Chance(seed);
  const below = (limit: number): number => Math.floor(chance.next() * limit);
  const facts: ContainerUsage[] = [];
  for (let container = 0; container < CONTAINERS; container += 1) {
    const first = startMs + below(HOURS) * 3_600_000;
    const workspaceId = `ws-${seed}-${container % 2}`;
    const functionId = `fu-${below(3)}`;
    for (let sequence = 0; sequence < FACTS; sequence += 1) {
      const durationNs = 10 * SECOND_NS;
      const gpuNs = durationNs;
      const byteSeconds = below(2 ** 36);
      facts.push({
        kind: 'container',
        sequence,
        workspaceId,
        environment: 'main',
        fromMs: first + sequence * 10_000,
        durationNs,
        containerId: `ta-${seed}-${container}`,
        ...(sequence === FACTS - 1 ? { end: 'idle' as const } : {}),
        workerId: 'wo-1',
        appId: 'ap-1',
        appName: 'shop',
        functionId,
        functionTag: functionId,
        purpose: 'serve',
        tags: {},
        preemptible: true,
        phases: { startingNs: 0, busyNs: durationNs, idleNs: 0, stoppingNs: 0 },
        calls: [],
        cpu: { usedNs: below(durationNs), reservedNs: 1_250_000_000 },
        memory: { usedByteSeconds: 0, reservedByteSeconds: byteSeconds, billableByteSeconds: byteSeconds },
        disk: { usedByteSeconds: 0, reservedByteSeconds: 0, billableByteSeconds: 0 },
        gpus: [{ type: 'T4', count: 1, deviceNs: gpuNs, simulated: true }],
        egressBytes: 0,
      });
    }
  }
  return facts
    .map((fact) => ({ fact, draw: chance.next() }))
    .toSorted((a, b) => a.draw - b.draw)
    .map(({ fact }) => fact);
};

/** What the simulated vendors sell. Capacity is hidden from who buys, as real vendors hide theirs. */
export type SimulatedOffer = Readonly<{
  vendor: string;
  region: string;
  geo: string;
  instanceType: string;
  gpu: string;
  gpuCount: number;
  vcpus: number;
  memoryGiB: number;
  onDemandMicroUsd: number;
  spotMicroUsd: number;
  hiddenNodes: number;
  /** Beside the start of the worker itself. */
  startMs: number;
  failsOneIn: number;
}>;

const offer = (
  place: Pick<SimulatedOffer, 'vendor' | 'region' | 'geo'>,
  instanceType: string,
  [gpu, gpuCount]: readonly [string, number],
  [vcpus, memoryGiB]: readonly [number, number],
  [onDemandUsd, spotUsd]: readonly [number, number],
  [hiddenNodes, startMs, failsOneIn]: readonly [number, number, number],
): SimulatedOffer => ({
  ...place,
  ...{ instanceType, gpu, gpuCount, vcpus, memoryGiB, hiddenNodes, startMs, failsOneIn },
  onDemandMicroUsd: Math.round(onDemandUsd * 1_000_000),
  spotMicroUsd: Math.round(spotUsd * 1_000_000),
});

const north = { vendor: 'simulated-north', region: 'fjord-1', geo: 'eu' };
const south = { vendor: 'simulated-south', region: 'pampa-1', geo: 'us' };

export const SIMULATED_OFFERS: readonly SimulatedOffer[] = [
  offer(north, 'sim.cpu', ['CPU', 0], [8, 32], [0.4, 0.15], [4, 500, 50]),
  offer(north, 'sim.l4', ['L4', 1], [8, 32], [0.7, 0.3], [4, 500, 50]),
  offer(north, 'sim.h100', ['H100', 1], [16, 128], [2.5, 1.1], [3, 500, 50]),
  offer(north, 'sim.h100x2', ['H100', 2], [32, 256], [4.9, 2.1], [2, 1_000, 50]),
  offer(south, 'sim.cpu', ['CPU', 0], [8, 32], [0.5, 0.2], [4, 1_000, 20]),
  offer(south, 'sim.h100', ['H100', 1], [16, 128], [3.1, 1.3], [4, 1_000, 20]),
  offer(south, 'sim.h200', ['H200', 1], [16, 160], [3.8, 1.7], [2, 2_000, 20]),
];

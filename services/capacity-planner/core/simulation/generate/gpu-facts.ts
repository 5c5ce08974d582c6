import type { GpuType } from '../../catalogue/offer.js';

/**
 * GPUs of generated worlds, in the middle of what was asked for them in 2024 to 2026 (USD per GPU-hour at a specialised cloud, on
 * demand), and what vendors put beside one.
 */
export type GpuFact = Readonly<{
  gpuType: GpuType;
  usdPerHour: number;
  memoryGiB: number;
  vcpus: number;
  hostGiB: number;
  /** GPUs on one node, and how usual each is. */
  shapes: readonly (readonly [number, number])[];
  /** Whether specialised clouds have it too. */
  soldBy: 'hyperscalers' | 'all';
}>;

export const gpuFacts: readonly GpuFact[] = [
  {
    gpuType: 'T4',
    usdPerHour: 0.4,
    memoryGiB: 16,
    vcpus: 4,
    hostGiB: 16,
    shapes: [
      [1, 1],
      [4, 0.5],
    ],
    soldBy: 'hyperscalers',
  },
  {
    gpuType: 'L4',
    usdPerHour: 0.6,
    memoryGiB: 24,
    vcpus: 8,
    hostGiB: 32,
    shapes: [
      [1, 1],
      [2, 0.3],
      [8, 0.6],
    ],
    soldBy: 'hyperscalers',
  },
  {
    gpuType: 'A10G',
    usdPerHour: 0.75,
    memoryGiB: 24,
    vcpus: 8,
    hostGiB: 32,
    shapes: [
      [1, 1],
      [4, 0.8],
    ],
    soldBy: 'hyperscalers',
  },
  {
    gpuType: 'L40S',
    usdPerHour: 1.2,
    memoryGiB: 48,
    vcpus: 12,
    hostGiB: 64,
    shapes: [
      [1, 1],
      [4, 0.4],
      [8, 0.5],
    ],
    soldBy: 'all',
  },
  {
    gpuType: 'A100-40',
    usdPerHour: 1.5,
    memoryGiB: 40,
    vcpus: 12,
    hostGiB: 100,
    shapes: [
      [1, 0.5],
      [8, 1],
    ],
    soldBy: 'hyperscalers',
  },
  {
    gpuType: 'A100-80',
    usdPerHour: 1.7,
    memoryGiB: 80,
    vcpus: 16,
    hostGiB: 150,
    shapes: [
      [1, 0.7],
      [2, 0.3],
      [8, 1],
    ],
    soldBy: 'all',
  },
  {
    gpuType: 'H100',
    usdPerHour: 2.8,
    memoryGiB: 80,
    vcpus: 22,
    hostGiB: 200,
    shapes: [
      [1, 0.5],
      [2, 0.2],
      [8, 1],
    ],
    soldBy: 'all',
  },
  {
    gpuType: 'H200',
    usdPerHour: 3.4,
    memoryGiB: 141,
    vcpus: 22,
    hostGiB: 220,
    shapes: [
      [1, 0.3],
      [8, 1],
    ],
    soldBy: 'all',
  },
  {
    gpuType: 'B200',
    usdPerHour: 5,
    memoryGiB: 180,
    vcpus: 20,
    hostGiB: 240,
    shapes: [[8, 1]],
    soldBy: 'all',
  },
];

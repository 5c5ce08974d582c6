import type { GpuType } from './offer.js';

/** What is known of a GPU whoever sells it: rows of a catalogue are checked against it. */
export type GpuFact = Readonly<{
  gpuType: GpuType;
  memoryGiB: number;
  /** How many of them nodes are built with. */
  countsPerNode: readonly number[];
  /** Other names that vendors give it. */
  aliases: readonly string[];
  /** What one costs on demand, about: a planning value, used only where fewer than three vendors quote it. */
  usualMicroUsdPerHour: number;
}>;

const UP_TO_EIGHT = [1, 2, 3, 4, 5, 6, 7, 8];

const fact = (
  gpuType: GpuType,
  memoryGiB: number,
  usualUsdPerHour: number,
  aliases: readonly string[] = [],
  countsPerNode: readonly number[] = UP_TO_EIGHT,
): GpuFact => ({
  gpuType,
  memoryGiB,
  countsPerNode,
  aliases,
  usualMicroUsdPerHour: Math.round(usualUsdPerHour * 1_000_000),
});

/** By the names that functions and workers call them (`A10`, `A100-80GB`). */
export const GPU_FACTS: readonly GpuFact[] = [
  fact('T4', 16, 0.5, ['TESLA-T4']),
  fact('V100', 16, 1.5, ['V100-16GB', 'TESLA-V100'], [...UP_TO_EIGHT, 16]),
  fact('L4', 24, 0.85),
  fact('A10', 24, 1.1, ['A10G']),
  fact('L40', 48, 1),
  fact('L40S', 48, 1.2),
  fact('A100-40GB', 40, 2.5, ['A100', 'A100-40', 'A100-SXM4-40GB'], [...UP_TO_EIGHT, 16]),
  fact('A100-80GB', 80, 2.2, ['A100-80', 'A100-80GB-SXM', 'A100-80GB-PCIE', 'A100-80-PCIE']),
  fact('H100', 80, 3.3, ['H100-80GB', 'H100-SXM', 'H100-SXM5', 'H100-80GB-SXM', 'H100-PCIE']),
  fact('H100-NVL', 94, 5, []),
  fact('GH200', 96, 2.3, [], [1]),
  fact('H200', 141, 3.8, ['H200-SXM', 'H200-141GB']),
  fact('B200', 180, 6, ['B200-SXM'], [1, 2, 4, 8]),
  fact('B300', 270, 12, ['B300-SXM'], [1, 2, 4, 8]),
  fact('RTX-PRO-6000', 96, 1.8, ['RTX-PRO-6000-BLACKWELL', 'RTXPRO6000']),
  fact('MI300X', 192, 2.5, [], [1, 2, 4, 8]),
];

const byName = new Map(
  GPU_FACTS.flatMap((known) => [known.gpuType, ...known.aliases].map((name) => [name, known] as const)),
);

/** The fact of a GPU by any of its names, in any case and with blanks or underscores for hyphens. */
export const gpuFact = (name: string): GpuFact | undefined =>
  byName.get(
    name
      .trim()
      .toUpperCase()
      .replaceAll(/[\s_]+/g, '-'),
  );

import type { ContainerUsage, UsageFact } from '@slipway/contracts';
import type { Sku } from '../rates/sku.js';

/** One thing that a fact says was used, in base units of its SKU. */
export type UsageLine = Readonly<{ sku: Sku; quantity: bigint; simulated: boolean }>;

/** What of a fact is billed. What was not used at all makes no line. */
export const usageLines = (fact: UsageFact): readonly UsageLine[] =>
  linesOf(fact).filter(({ quantity }) => quantity > 0n);

const linesOf = (fact: UsageFact): readonly UsageLine[] => {
  switch (fact.kind) {
    case 'container':
      return containerLines(fact);
    case 'volume':
      return [real('volume', BigInt(fact.storedBytes) * BigInt(fact.durationNs))];
    default:
      return fact satisfies never;
  }
};

const containerLines = ({ cpu, memory, disk, egressBytes, gpus }: ContainerUsage): readonly UsageLine[] => [
  real('cpu', BigInt(Math.max(cpu.usedNs, cpu.reservedNs))),
  real('memory', BigInt(memory.billableByteSeconds)),
  // A disk that nobody asked for is the host's own matter.
  real('disk', disk.reservedByteSeconds > 0 ? BigInt(disk.billableByteSeconds) : 0n),
  real('egress', BigInt(egressBytes)),
  ...gpus.map(({ type, deviceNs, simulated }): UsageLine => ({
    sku: `gpu-${type}`,
    quantity: BigInt(deviceNs),
    simulated,
  })),
];

const real = (sku: Sku, quantity: bigint): UsageLine => ({ sku, quantity, simulated: false });

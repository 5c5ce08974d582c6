import { CPU_ONLY, type NodeShape } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import type { PlanningPolicy } from '../policy.js';

type CpuSlot = PlanningPolicy['cpuSlot'];

const SMALLEST_CPU_CONTAINER_SLOTS = 1 / 16;

/** What a node is divided into: its GPUs, or shares of `cpuSlot` where it has none. */
export const nodeSlots = (shape: NodeShape, cpuSlot: CpuSlot): number =>
  shape.gpuType === CPU_ONLY
    ? Math.floor(Math.min(shape.vcpus / cpuSlot.vcpus, shape.memoryMiB / cpuSlot.memoryMiB))
    : shape.gpuCount;

/** What a container takes of slots by its own wish, whatever the node. */
export const containerSlots = (group: DemandGroup, cpuSlot: CpuSlot): number =>
  group.gpusPerContainer > 0
    ? group.gpusPerContainer
    : roundUpToPowerOfTwo(
        Math.max(
          group.vcpusPerContainer / cpuSlot.vcpus,
          group.memoryMiBPerContainer / cpuSlot.memoryMiB,
          SMALLEST_CPU_CONTAINER_SLOTS,
        ),
      );

/**
 * How many slots of this node a container takes, so that its GPUs, CPUs and memory fit: a power of two, since sizes that divide
 * one another pack without loss. 0 where it does not fit.
 */
export const slotsOn = (group: DemandGroup, shape: NodeShape, cpuSlot: CpuSlot): number => {
  const slots = nodeSlots(shape, cpuSlot);
  if (slots === 0) return 0;
  const taken = roundUpToPowerOfTwo(
    Math.max(
      containerSlots(group, cpuSlot),
      group.vcpusPerContainer / (shape.vcpus / slots),
      group.memoryMiBPerContainer / (shape.memoryMiB / slots),
    ),
  );
  return taken <= slots ? taken : 0;
};

/** Rounding noise of a division must not double a container. */
const NOISE = 1e-9;

const roundUpToPowerOfTwo = (value: number): number => 2 ** Math.ceil(Math.log2(value) - NOISE);

/** The slots of a node that containers of at least `size` can use: free space for them comes in multiples of `size`. */
export const usableSlots = (slots: number, size: number): number => size * Math.floor(slots / size);

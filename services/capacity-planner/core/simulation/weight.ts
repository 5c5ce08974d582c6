import type { DemandGroup } from '../demand/demand-group.js';

const VCPUS_OF_A_SLOT = 2;
const MIB_OF_A_SLOT = 8192;

/** What a container counts for in sums: its GPUs, or slots of CPU and memory where it has none. */
export const weightOf = (
  group: Pick<DemandGroup, 'gpusPerContainer' | 'vcpusPerContainer' | 'memoryMiBPerContainer'>,
): number =>
  group.gpusPerContainer > 0
    ? group.gpusPerContainer
    : Math.max(
        1,
        Math.ceil(
          Math.max(group.vcpusPerContainer / VCPUS_OF_A_SLOT, group.memoryMiBPerContainer / MIB_OF_A_SLOT),
        ),
      );

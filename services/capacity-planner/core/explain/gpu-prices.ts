import { CPU_ONLY, type GpuType } from '../catalogue/offer.js';
import type { DemandGroup } from '../demand/demand-group.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { LinearProgram, PlannerPorts } from '../ports.js';
import { marginalGpus } from './explain-duals.js';
import type { GpuPrice } from './explanation.js';
import { solveRelaxed, type ProgramChange } from './solve-relaxed.js';

/** So much is asked for of each type: enough for a price, too little to change one. */
const PROBE_CONTAINERS = 1e-3;

type Probe = Readonly<{ group: DemandGroup; of: Omit<GpuPrice, 'microUsdPerGpuHour'> }>;

/**
 * What one GPU more of each type would cost by priority: the marginal price of a group that is put beside the others and wants next
 * to nothing, one GPU for a batch job that may stand anywhere. Types that nobody accepts and that are not held are left out. Empty
 * where the solver gives no prices.
 */
export const gpuPrices = async (
  problem: PlanningProblem,
  ports: PlannerPorts,
): Promise<readonly GpuPrice[]> => {
  const probes = probesOf(problem);
  if (probes.length === 0) return [];
  const asked = { ...problem, groups: [...problem.groups, ...probes.map(({ group }) => group)] };
  const { prepared, layout, result } = await solveRelaxed(asked, ports, 'fixed-lp', wantingALittle(probes));
  if (result.status === 'failed' || !result.duals) return [];
  const prices = new Map(
    marginalGpus(prepared, layout, result.duals).map(({ groupId, microUsdPerGpuHour }) => [
      groupId,
      microUsdPerGpuHour,
    ]),
  );
  return probes.map(({ group, of }) => ({ ...of, microUsdPerGpuHour: prices.get(group.groupId) ?? 0 }));
};

const probesOf = ({ groups, offers, fleet, policy }: PlanningProblem): readonly Probe[] => {
  const held = new Set(fleet.holdings.filter(({ nodes }) => nodes > 0).map(({ offerId }) => offerId));
  const types = new Set<GpuType>([
    ...groups.flatMap(({ gpuTypes }) => gpuTypes),
    ...offers.filter(({ offerId }) => held.has(offerId)).map(({ shape }) => shape.gpuType),
  ]);
  const sold = new Set(offers.map(({ shape }) => shape.gpuType));
  const kinds = (['standard', 'high'] as const).flatMap((priority) =>
    (['any', 'firm'] as const).map((standsOn) => ({ priority, standsOn })),
  );
  return [...types]
    .filter((gpuType) => sold.has(gpuType))
    .toSorted()
    .flatMap((gpuType) =>
      kinds.map((kind): Probe => ({
        of: { gpuType, ...kind },
        group: {
          groupId: `one more: ${gpuType} ${kind.priority} ${kind.standsOn}`,
          gpuTypes: [gpuType],
          gpusPerContainer: gpuType === CPU_ONLY ? 0 : 1,
          vcpusPerContainer: gpuType === CPU_ONLY ? policy.cpuSlot.vcpus : 1,
          memoryMiBPerContainer: gpuType === CPU_ONLY ? policy.cpuSlot.memoryMiB : 1_024,
          pins: { vendors: [], regions: [], geos: [] },
          spot: kind.standsOn === 'any' ? 'tolerated' : 'refused',
          ...{ waitClass: 'batch', priority: kind.priority, movement: 'free', floorContainers: 0 },
        },
      })),
    );
};

const wantingALittle =
  (probes: readonly Probe[]): ProgramChange =>
  ({ program, layout }, { groups }): LinearProgram => {
    const ids = new Set(probes.map(({ group }) => group.groupId));
    const rowLower = program.rowLower.slice();
    const rowUpper = program.rowUpper.slice();
    const columnUpper = program.columnUpper.slice();
    for (const { index, group } of groups) {
      if (!ids.has(group.groupId)) continue;
      const row = layout.demandRows[index]![0]!;
      rowLower[row] = PROBE_CONTAINERS;
      rowUpper[row] = PROBE_CONTAINERS;
      columnUpper[layout.short[index]![0]!] = PROBE_CONTAINERS;
    }
    return { ...program, rowLower, rowUpper, columnUpper };
  };

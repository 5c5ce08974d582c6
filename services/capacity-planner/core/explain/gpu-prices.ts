import { withoutFutures } from '../demand/demand-group.js';
import { isSmall } from '../model/is-small.js';
import type { Prepared } from '../model/prepared.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { LinearProgram } from '../ports.js';
import { marginalGpus } from './explain-duals.js';
import { ANSWER_PARTS_BEGIN_WITHIN_MS, type ExplainPorts } from './explain-ports.js';
import type { GpuPrice } from './explanation.js';
import { gpuProbes, type GpuProbe } from './gpu-probes.js';
import { failedBecause, NO_TIME } from './left-out.js';
import { solveRelaxed, type ProgramChange } from './solve-relaxed.js';

/** So much is asked for of each type in a large fleet: enough for a price, too little to change one. */
const PROBE_CONTAINERS = 1e-3;

/** Prices that were found, how many were not, and why. */
export type GpuPrices = Readonly<{ gpus: readonly GpuPrice[]; notPriced: number; notPricedBecause?: string }>;

type Found = Readonly<{ gpus: readonly GpuPrice[]; because?: string }>;

/**
 * What one GPU more of each type would cost by priority, in the first period. Of a large fleet it is the marginal price of a group
 * that wants next to nothing. In a small one that price says little, since whole nodes come and go: there it is what the plan costs
 * with one container more.
 */
export const gpuPrices = async (
  prepared: Prepared,
  objectiveUsd: number,
  ports: ExplainPorts,
): Promise<GpuPrices> => {
  const probes = gpuProbes(prepared.problem);
  const { gpus, because } = isSmall(prepared)
    ? await pricesByOneMore(prepared, probes, objectiveUsd, ports)
    : await pricesAtTheMargin(prepared.problem, probes, ports);
  const notPriced = probes.length - gpus.length;
  return { gpus, notPriced, ...(because === undefined ? {} : { notPricedBecause: because }) };
};

const pricesByOneMore = async (
  { problem, periods }: Prepared,
  probes: readonly GpuProbe[],
  objectiveUsd: number,
  ports: ExplainPorts,
): Promise<Found> => {
  const found: GpuPrice[] = [];
  for (const probe of probes) {
    if (ports.elapsedMs() > ANSWER_PARTS_BEGIN_WITHIN_MS.gpuPrices) return { gpus: found, because: NO_TIME };
    const { result } = await solveRelaxed(wantingOne(problem, probe), ports, 'none');
    if (result.status === 'failed') return { gpus: found, because: failedBecause(result) };
    const perHour = ((result.objective - objectiveUsd) / periods[0]!.hours) * 1e6;
    found.push({ ...probe.of, microUsdPerGpuHour: Math.round(perHour) });
  }
  return { gpus: found };
};

const wantingOne = (problem: PlanningProblem, { group }: GpuProbe): PlanningProblem => ({
  ...problem,
  groups: [...problem.groups, group],
  forecast: {
    ...withoutFutures(problem.forecast),
    groups: [
      ...problem.forecast.groups,
      {
        groupId: group.groupId,
        periods: problem.policy.horizon.periodsMs.map((_, period) => ({
          ...{ expectedContainers: period === 0 ? 1 : 0, quantiles: [] },
        })),
      },
    ],
  },
});

const pricesAtTheMargin = async (
  problem: PlanningProblem,
  probes: readonly GpuProbe[],
  ports: ExplainPorts,
): Promise<Found> => {
  const asked = { ...problem, groups: [...problem.groups, ...probes.map(({ group }) => group)] };
  const { prepared, layout, result } = await solveRelaxed(asked, ports, 'fixed-lp', wantingALittle(probes));
  if (result.status === 'failed') return { gpus: [], because: failedBecause(result) };
  if (!result.duals) return { gpus: [], because: 'the solver gave no duals' };
  const prices = new Map(
    marginalGpus(prepared, layout, result.duals).map(({ groupId, microUsdPerGpuHour }) => [
      groupId,
      microUsdPerGpuHour,
    ]),
  );
  return {
    gpus: probes.map(({ group, of }) => ({ ...of, microUsdPerGpuHour: prices.get(group.groupId) ?? 0 })),
  };
};

const wantingALittle =
  (probes: readonly GpuProbe[]): ProgramChange =>
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

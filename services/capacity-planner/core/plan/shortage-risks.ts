import type { DemandGroup, PooledError, WaitClass } from '../demand/demand-group.js';
import { containerSlots } from '../model/slots.js';
import type { PlanningProblem } from '../planning-problem.js';
import type { Plan } from './plan.js';

/** How probably the groups that share a buffer want more in the next period than the plan has room for. */
export type ShortageRisk = Readonly<{
  gpuType: string;
  /** Where it is not for all that favour the type. */
  groupIds?: readonly string[];
  /** Of those who would wait, the class whose wait is dearest. */
  waitClass: WaitClass;
  /** From 0 to 1; where the plan leaves somebody short as it is, at least the share that the spread of errors tells. */
  probability: number;
}>;

type Pool = Readonly<{ gpuType: string; groupIds?: readonly string[] }>;

const DEAREST_FIRST: readonly WaitClass[] = ['interactive', 'batch', 'background'];

/**
 * What a plan holds idle in the next period, beside the spread of past errors of the forecast: a surprise that is larger finds no
 * room within the period. Of the first period it is known what is wanted.
 */
export const shortageRisks = (
  problem: Pick<PlanningProblem, 'forecast' | 'groups' | 'policy'>,
  { buffers, service }: Pick<Plan, 'buffers' | 'service'>,
): readonly ShortageRisk[] =>
  buffers.flatMap((buffer): ShortageRisk[] => {
    const { gpuType, groupIds, wanted, missing } = buffer;
    const period = Math.min(1, wanted.length - 1);
    const error = problem.forecast.pooledErrors.find((known) => isSamePool(buffer, known));
    const groups = problem.groups.filter((group) => isFor(buffer, group));
    if (error === undefined || groups.length === 0 || !(wanted[period]! > 0)) return [];
    const short = groups.reduce((sum, group) => {
      const containers = service.find(({ groupId }) => groupId === group.groupId)?.short[period] ?? 0;
      return sum + containers * containerSlots(group, problem.policy.cpuSlot);
    }, 0);
    const idle = wanted[period]! - missing[period]! - short;
    return [
      {
        ...{ gpuType, probability: chanceAbove(error, idle) },
        ...(groupIds === undefined ? {} : { groupIds }),
        waitClass: DEAREST_FIRST.find((name) => groups.some(({ waitClass }) => waitClass === name))!,
      },
    ];
  });

/** Whether a buffer is for a group. */
export const isFor = ({ gpuType, groupIds }: Pool, group: DemandGroup): boolean =>
  groupIds === undefined ? group.gpuTypes[0] === gpuType : groupIds.includes(group.groupId);

/** Whether two are of the same groups that share their surprises. */
export const isSamePool = (one: Pool, other: Pool): boolean =>
  one.gpuType === other.gpuType && one.groupIds?.join() === other.groupIds?.join();

/** The chance of an error above so many GPUs, in a straight line between quantiles. */
const chanceAbove = ({ quantiles }: PooledError, gpus: number): number => {
  const at = quantiles.findIndex((quantile) => quantile.gpus > gpus);
  const [below, above] = [quantiles[at - 1], quantiles[at]];
  if (at < 0) return 1 - (quantiles.at(-1)?.level ?? 1);
  if (below === undefined) return 1 - above!.level;
  const share = (gpus - below.gpus) / (above!.gpus - below.gpus);
  return 1 - (below.level + share * (above!.level - below.level));
};

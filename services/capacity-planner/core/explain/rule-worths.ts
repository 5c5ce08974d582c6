import type { DemandGroup, GroupId } from '../demand/demand-group.js';
import type { PlanningProblem } from '../planning-problem.js';
import { ANSWER_PARTS_BEGIN_WITHIN_MS, type ExplainPorts } from './explain-ports.js';
import type { RuleWorth } from './explanation.js';
import { failedBecause, NO_TIME } from './left-out.js';
import { solveRelaxed } from './solve-relaxed.js';

/** Each wish takes a solve. */
const MOST_WEIGHED = 40;
const HOUR_MS = 3_600_000;
/** Below a thousandth of a cent per hour a difference is noise. */
const NOISE_MICRO_USD = 10;

type Wish = Omit<RuleWorth, 'savesMicroUsdPerHour'> & Readonly<{ without: DemandGroup }>;

export type Weighed = Readonly<{
  worths: readonly RuleWorth[];
  notWeighed: number;
  notWeighedBecause?: string;
}>;

/**
 * What each pin and each floor costs: the plan's cost with it and without it, both of a fleet that may be divided. Groups that weigh
 * most are asked about first; `weightOf` says how much. The dearest wish comes first.
 */
export const weighRules = async (
  problem: PlanningProblem,
  objectiveUsd: number,
  weightOf: (groupId: GroupId) => number,
  ports: ExplainPorts,
): Promise<Weighed> => {
  const hours = problem.policy.horizon.periodsMs.reduce((sum, lengthMs) => sum + lengthMs, 0) / HOUR_MS;
  const wishes = problem.groups
    .toSorted((a, b) => weightOf(b.groupId) - weightOf(a.groupId))
    .flatMap((group) => wishesOf(group));
  const worths: RuleWorth[] = [];
  let weighed = 0;
  let because = NO_TIME;
  for (const { without, ...wish } of wishes) {
    if (weighed === MOST_WEIGHED || ports.elapsedMs() > ANSWER_PARTS_BEGIN_WITHIN_MS.weighing) break;
    const groups = problem.groups.map((group) => (group.groupId === wish.groupId ? without : group));
    const { result } = await solveRelaxed({ ...problem, groups }, ports, 'none');
    if (result.status === 'failed') {
      because = failedBecause(result);
      break;
    }
    weighed += 1;
    const savesMicroUsdPerHour = Math.round(((objectiveUsd - result.objective) / hours) * 1e6);
    if (savesMicroUsdPerHour > NOISE_MICRO_USD) worths.push({ ...wish, savesMicroUsdPerHour });
  }
  const notWeighed = wishes.length - weighed;
  return {
    worths: worths.toSorted((a, b) => b.savesMicroUsdPerHour - a.savesMicroUsdPerHour),
    notWeighed,
    ...(notWeighed === 0 ? {} : { notWeighedBecause: because }),
  };
};

/** So many pins and floors there are. */
export const countWishes = ({ groups }: PlanningProblem): number =>
  groups.reduce((sum, group) => sum + wishesOf(group).length, 0);

const wishesOf = (group: DemandGroup): readonly Wish[] => {
  const { groupId, pins, spot, floorContainers } = group;
  const pinned = (['vendors', 'regions', 'geos'] as const).filter((rule) => pins[rule].length > 0);
  return [
    ...pinned.map((rule): Wish => ({
      ...{ groupId, rule, value: pins[rule].join(',') },
      without: { ...group, pins: { ...pins, [rule]: [] } },
    })),
    ...(spot === 'tolerated'
      ? []
      : [
          {
            groupId,
            rule: 'firm-only' as const,
            value: '',
            without: { ...group, spot: 'tolerated' as const },
          },
        ]),
    ...(floorContainers === 0
      ? []
      : [
          {
            ...{ groupId, rule: 'floor' as const, value: `${floorContainers}` },
            without: { ...group, floorContainers: 0 },
          },
        ]),
  ];
};

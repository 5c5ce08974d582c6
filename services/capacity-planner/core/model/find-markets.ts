import type { PlanningPolicy } from '../policy.js';
import type { Cell, Market, Prepared, PreparedGroup, PreparedPeriod, Unit } from './prepared.js';

type Finding = Readonly<{
  units: readonly Unit[];
  cells: readonly Cell[];
  groups: readonly PreparedGroup[];
  periods: readonly PreparedPeriod[];
  reference: Prepared['reference'];
  policy: PlanningPolicy;
}>;

/**
 * What a slot above a market's share costs, as a share of what its GPU usually costs: about what is expected to be lost when a market
 * closes and takes most of its nodes at once. More would buy dear nodes against a small risk.
 */
const CONCENTRATION_SHARE = 0.1;

/**
 * The markets of spot nodes, and what each may carry: a share of the demand that could stand in it, so that no market's loss
 * takes more with it. One node is always allowed: a small fleet has no other choice.
 */
export const findMarkets = ({ units, cells, groups, periods, reference, policy }: Finding): Market[] => {
  const byName = new Map<string, Unit[]>();
  for (const unit of units) {
    const { vendor, region, purchase, shape } = unit.offer;
    if (purchase !== 'spot') continue;
    const name = `${vendor}/${region}/${shape.gpuType}`;
    const members = byName.get(name);
    if (members) members.push(unit);
    else byName.set(name, [unit]);
  }
  return [...byName].map(([name, members]) => {
    const within = new Set(members.map(({ cell }) => cell));
    const users = groups.filter((group) => group.cells.some((cell) => within.has(cell)));
    const largestNode = Math.max(...members.map(({ slots }) => slots));
    return {
      name,
      units: members.map(({ index }) => index),
      limit: periods.map((_, period) =>
        Math.max(
          largestNode,
          policy.spot.maxMarketShare *
            users.reduce(
              (sum, { index, wanted }) => sum + (wanted[period] ?? 0) * largestTaken(index, within, cells),
              0,
            ),
        ),
      ),
      slackMicroUsdPerHour: Math.round(
        (reference.get(members[0]!.offer.shape.gpuType) ?? 0) * CONCENTRATION_SHARE,
      ),
    };
  });
};

const largestTaken = (group: number, within: ReadonlySet<number>, cells: readonly Cell[]): number =>
  [...within].reduce((most, cell) => Math.max(most, cells[cell]?.slots[group] ?? 0), 0);

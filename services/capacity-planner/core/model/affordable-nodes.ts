import type { CoveringCommitment, Prepared, Unit } from './prepared.js';
import { spendLimit } from './spend.js';

type Level = Readonly<{ microUsdPerHour: number; floor: number; more: number }>;

/**
 * How many nodes of these units the cap on spend lets a plan hold in a period, the cheapest bought first: no plan has more. What
 * commitments may pay for is taken to be theirs, and of all others to be free; what no plan can do without is paid for first.
 */
export const affordableNodes = (prepared: Prepared, within: readonly number[], period: number): number => {
  const limit = spendLimit(prepared);
  if (limit === undefined) return Infinity;
  const { units, commitments } = prepared;
  const active = commitments.filter((one) => one.active[period]);
  const ofThem = active.filter((one) => one.units.some((unit) => within.includes(unit)));
  const money = limit.byPeriod[period]! + sharesOf(ofThem) - mustPay(prepared, within, active, period);
  const free = ofThem.reduce(
    (sum, { commitment }) => sum + (commitment.kind === 'nodes' ? commitment.nodes : 0),
    0,
  );
  const levels = within
    .map((unit) => levelOf(units[unit]!, period))
    .toSorted((a, b) => a.microUsdPerHour - b.microUsdPerHour);
  let least = 0;
  let most = levels.reduce((sum, { more }) => sum + more, 0);
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (billOf(levels, middle, free) <= money) least = middle;
    else most = middle - 1;
  }
  return levels.reduce((sum, { floor }) => sum + floor, 0) + least;
};

const levelOf = ({ prices, open, paid, cap }: Unit, period: number): Level => {
  const floor = open[period] ? (paid[period] ?? 0) : 0;
  return { microUsdPerHour: prices.listMicroUsdPerHour, floor, more: (open[period] ? cap : 0) - floor };
};

/** What so many more of the cheapest cost per hour, beside the dearest ones, which are free. */
const billOf = (cheapestFirst: readonly Level[], more: number, free: number): number => {
  let left = more;
  const held = cheapestFirst.map(({ microUsdPerHour, floor, more: most }) => {
    const some = Math.min(left, most);
    left -= some;
    return { microUsdPerHour, nodes: floor + some };
  });
  let paying = Math.max(0, held.reduce((sum, { nodes }) => sum + nodes, 0) - free);
  return held.reduce((sum, { microUsdPerHour, nodes }) => {
    const some = Math.min(paying, nodes);
    paying -= some;
    return sum + some * microUsdPerHour;
  }, 0);
};

const sharesOf = (commitments: readonly CoveringCommitment[]): number =>
  commitments.reduce(
    (sum, { commitment }) => sum + (commitment.kind === 'spend' ? commitment.coveredMicroUsdPerHour : 0),
    0,
  );

/** Other nodes that are paid for in any case, but those that some commitment may cover. */
const mustPay = (
  { units }: Prepared,
  within: readonly number[],
  active: readonly CoveringCommitment[],
  period: number,
): number => {
  const spared = new Set([...within, ...active.flatMap((one) => one.units)]);
  return units
    .filter(({ index }) => !spared.has(index))
    .map((unit) => levelOf(unit, period))
    .reduce((sum, { microUsdPerHour, floor }) => sum + microUsdPerHour * floor, 0);
};

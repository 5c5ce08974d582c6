import { toMicroUsd } from '../plan/exact-money.js';
import { nodesMoneyPerHour } from '../plan/nodes-money.js';
import type { Prepared } from './prepared.js';

export type SpendLimit = Readonly<{
  microUsdPerHour: number;
  byPeriod: readonly number[];
  spent: 'below' | 'above';
}>;

/**
 * What may be spent per hour on nodes at list price, beside what commitments cover; nothing where no cap is set. What is held is kept
 * also after a commitment to it has ended: `byPeriod` is the cap, or what that costs.
 */
export const spendLimit = (prepared: Prepared): SpendLimit | undefined => {
  if (!known.has(prepared)) known.set(prepared, limitOf(prepared));
  return known.get(prepared);
};

const known = new WeakMap<Prepared, SpendLimit | undefined>();

const limitOf = (prepared: Prepared): SpendLimit | undefined => {
  const microUsdPerHour = prepared.problem.policy.guardrails.maxSpendMicroUsdPerHour;
  if (microUsdPerHour === undefined) return undefined;
  const byPeriod = prepared.periods.map((_, period) =>
    Math.max(
      microUsdPerHour,
      toMicroUsd(nodesMoneyPerHour(prepared, (unit) => prepared.units[unit]!.held * 1000, period)),
    ),
  );
  return { microUsdPerHour, byPeriod, spent: byPeriod[0]! > microUsdPerHour ? 'above' : 'below' };
};

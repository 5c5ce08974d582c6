import type { Prepared } from './prepared.js';

/** What may be spent per hour at list price on nodes, or nothing where no cap is set. */
export const spendLimit = ({
  problem,
  units,
}: Prepared): Readonly<{ microUsdPerHour: number; spent: 'below' | 'above' }> | undefined => {
  const microUsdPerHour = problem.policy.guardrails.maxSpendMicroUsdPerHour;
  if (microUsdPerHour === undefined) return undefined;
  const now = units.reduce((sum, { held, prices }) => sum + held * prices.listMicroUsdPerHour, 0);
  return { microUsdPerHour, spent: now > microUsdPerHour ? 'above' : 'below' };
};

import type { Prepared } from '../model/prepared.js';
import { softRules } from '../model/soft-rules.js';
import { spendLimit } from '../model/spend.js';
import type { ExactCounts } from './exact-counts.js';
import { each, toMicroUsd, type ExactMoney } from './exact-money.js';
import { nodesMoneyPerHour } from './nodes-money.js';
import type { Slack } from './plan.js';

export type PricedSlack = Readonly<{ slack: Slack; cost: ExactMoney }>;

export const pricedSlack = (slack: Omit<Slack, 'costMicroUsd'>, cost: ExactMoney): PricedSlack => ({
  slack: { ...slack, costMicroUsd: toMicroUsd(cost) },
  cost,
});

/** The soft rules that a plan breaks, by how much, and what that adds to its cost. */
export const brokenRules = (prepared: Prepared, counts: ExactCounts): PricedSlack[] => {
  const broken = softRules(prepared).flatMap((rule): PricedSlack[] => {
    const reached = rule.terms.reduce(
      (sum, { unit, of, coefficient }) => sum + coefficient * counts[of][unit]![rule.periodIndex]!,
      0,
    );
    const over = Math.ceil(reached - rule.limit * 1000 - 1e-6);
    if (over <= 0) return [];
    const { name, subject, periodIndex, unit, unavoidable = 0 } = rule;
    const free = Math.min(over, Math.round(unavoidable * 1000));
    const slackOf = (amount: number, microUsdPerUnit: number): PricedSlack[] =>
      amount === 0
        ? []
        : [
            pricedSlack(
              { name, subject, periodIndex, unit, amount: amount / 1000 },
              each(microUsdPerUnit, amount),
            ),
          ];
    return [...slackOf(over - free, rule.microUsdPerUnit), ...slackOf(free, 0)];
  });
  const spend = spendLimit(prepared);
  if (spend?.spent !== 'above') return broken;
  const reached = toMicroUsd(nodesMoneyPerHour(prepared, (unit) => counts.nodes[unit]![0]!));
  const over = reached - spend.microUsdPerHour;
  return over <= 0
    ? broken
    : [
        ...broken,
        pricedSlack(
          { name: 'spend', subject: '', periodIndex: 0, unit: 'micro-usd-per-hour', amount: over },
          0n,
        ),
      ];
};

import { renderTable } from '../terminal/table.ts';
import { count, dollars } from './figures.ts';
import type { PlanAnswer } from './plan-answers.ts';

type Slack = PlanAnswer['slacks'][number];

/**
 * Rules that a plan breaks, the dearest first: by how much in each period, and what that adds to its cost; empty where it breaks
 * none. What buffers miss is no broken rule: what pays of them and what does not stands in a table of its own.
 */
export const brokenRulesTable = (
  slacks: readonly Slack[],
  periodHeads: readonly string[],
): readonly string[] => {
  const rules = Map.groupBy(
    slacks.filter(({ name }) => name !== 'buffer'),
    ({ name, subject }) => `${name} ${subject}`,
  );
  if (rules.size === 0) return [];
  const dearestFirst = [...rules.values()].toSorted((one, other) => costOf(other) - costOf(one));
  return [
    '',
    renderTable(
      ['BROKEN RULE', 'OF', 'BY', ...periodHeads, 'COSTS'],
      dearestFirst.map((rule) => {
        const { name, subject, unit } = rule[0]!;
        const inPeriod = (index: number) => rule.filter(({ periodIndex }) => periodIndex === index);
        return [
          ...[name, subject || '-', isMoney(unit) ? 'an hour' : unit],
          ...periodHeads.map((_, index) => amountText(inPeriod(index))),
          dollars(costOf(rule)),
        ];
      }),
    ),
  ];
};

const isMoney = (unit: string): boolean => unit === 'micro-usd-per-hour';

const costOf = (slacks: readonly Slack[]): number =>
  slacks.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0);

/** A rule may be broken twice in a period: by what cannot be avoided, which costs nothing, and by more. */
const amountText = (slacks: readonly Slack[]): string => {
  if (slacks.length === 0) return '-';
  const amount = slacks.reduce((sum, slack) => sum + slack.amount, 0);
  return isMoney(slacks[0]!.unit) ? dollars(amount) : count(amount);
};

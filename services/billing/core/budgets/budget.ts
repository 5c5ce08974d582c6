import { refuse, type Decision } from '@slipway/kernel';
import { shownUsd, type MicroUsd } from '../money/micro-usd.js';

/**
 * What a workspace, or one of its environments, may use in a calendar month (UTC), at the prices that it pays and before
 * credits. A soft one tells somebody; at a hard one no container starts whose cost is not certain to fit, and those that run
 * finish their inputs.
 */
export type Budget = Readonly<{
  budgetId: string;
  workspaceId: string;
  /** Left out: of the whole workspace. */
  environment?: string;
  kind: 'soft' | 'hard';
  limitMicroUsd: MicroUsd;
  /** Who is told when the month's use passes a share of the limit. */
  webhook?: Readonly<{ url: string; secret: string }>;
}>;

export type BudgetSet = Readonly<{ type: 'budget-set'; budget: Budget }>;

const MOST: MicroUsd = 1_000_000_000_000_000n;

/** `spentMicroUsd`: what was used of it this month. A limit below that would be a promise that is broken already. */
export const setBudget = (budget: Budget, spentMicroUsd: MicroUsd): Decision<BudgetSet> => {
  const { limitMicroUsd, webhook } = budget;
  if (limitMicroUsd < 0n || limitMicroUsd > MOST)
    return refuse(
      'invalid',
      'budget-limit',
      `The limit is ${shownUsd(limitMicroUsd)}, but must be from 0.00 USD to ${shownUsd(MOST)}.`,
    );
  if (limitMicroUsd < spentMicroUsd)
    return refuse(
      'conflict',
      'budget-below-spend',
      `The limit is ${shownUsd(limitMicroUsd)}, but ${shownUsd(spentMicroUsd)} of this month is spent already: set at least that.`,
    );
  if (webhook !== undefined && !isWebAddress(webhook.url))
    return refuse(
      'invalid',
      'webhook-malformed',
      `The webhook is '${webhook.url}', but must be an address such as https://example.com/billing.`,
    );
  return [{ type: 'budget-set', budget }];
};

const isWebAddress = (text: string): boolean => /^https?:\/\/[^\s/@]+(\/\S*)?$/.test(text);

/** The shares of a limit at which somebody is told, in percent. */
export const THRESHOLDS = [50, 80, 100] as const;

/** The highest threshold that a month's use has reached; undefined below the lowest. */
export const reachedThreshold = (limitMicroUsd: MicroUsd, spentMicroUsd: MicroUsd): number | undefined =>
  THRESHOLDS.findLast((percent) => spentMicroUsd * 100n >= limitMicroUsd * BigInt(percent));

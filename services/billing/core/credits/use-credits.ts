import type { Instant } from '@slipway/kernel';
import type { MicroUsd } from '../money/micro-usd.js';
import { hourOf } from '../months/month.js';
import type { Grant } from './grant.js';

export type OpenGrant = Grant & Readonly<{ leftMicroUsd: MicroUsd }>;
export type UsedCredit = Readonly<{ grant: Grant; usedMicroUsd: MicroUsd }>;

/** What was charged for one hour; corrections may make it negative. */
export type HourAmount = Readonly<{ hour: Instant; amountMicroUsd: MicroUsd }>;

/**
 * Which grants pay for what was used, the oldest first, hour after hour: a grant pays only for hours in which it was valid, from the one in which it begins.
 * It depends on what was used when, and on nothing else: not on when usage became known or was priced.
 */
export const useCredits = (
  hours: readonly HourAmount[],
  grants: readonly OpenGrant[],
): readonly UsedCredit[] => {
  const open = grants
    .filter(({ leftMicroUsd }) => leftMicroUsd > 0n)
    .toSorted((a, b) => a.startsAt - b.startsAt || (a.grantId < b.grantId ? -1 : 1))
    .map((grant) => ({ grant, left: grant.leftMicroUsd }));
  // What was given back pays first.
  let givenBack = hours.reduce((sum, hour) => sum - min(hour.amountMicroUsd, 0n), 0n);
  for (const { hour, amountMicroUsd } of hours.toSorted((a, b) => a.hour - b.hour)) {
    if (amountMicroUsd <= 0n) continue;
    const offset = min(givenBack, amountMicroUsd);
    givenBack -= offset;
    let owed = amountMicroUsd - offset;
    for (const credit of open) {
      if (owed === 0n) break;
      const { startsAt, expiresAt = Infinity } = credit.grant;
      if (hour < hourOf(startsAt) || hour >= expiresAt) continue;
      const used = min(owed, credit.left);
      credit.left -= used;
      owed -= used;
    }
  }
  return open
    .map(({ grant, left }) => ({ grant, usedMicroUsd: grant.leftMicroUsd - left }))
    .filter(({ usedMicroUsd }) => usedMicroUsd > 0n);
};

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);

import type { MicroUsd } from '../money/micro-usd.js';
import type { Account, LedgerEntry } from './entry.js';

export type TrialBalance = Readonly<{
  balances: ReadonlyMap<Account, MicroUsd>;
  /** Zero, always. */
  sumMicroUsd: MicroUsd;
}>;

export const trialBalance = (entries: Iterable<LedgerEntry>): TrialBalance => {
  const balances = new Map<Account, MicroUsd>();
  let sumMicroUsd = 0n;
  for (const { postings } of entries)
    for (const { account, amountMicroUsd } of postings) {
      balances.set(account, (balances.get(account) ?? 0n) + amountMicroUsd);
      sumMicroUsd += amountMicroUsd;
    }
  return { balances, sumMicroUsd };
};

import { usdText } from '@slipway/billing-core';
import type { AnswerOf } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';

/** Every account's sum over all postings that there are, and the sum of those, which is zero. */
export const readTrialBalance = async (
  connection: SqlPool,
): Promise<AnswerOf<'billing.get-trial-balance'>> => {
  const { rows } = await connection.query<{ account: string; amount: string }>({
    text: 'select account, sum(amount)::bigint as amount from billing.postings group by account order by account',
  });
  const sum = rows.reduce((all, { amount }) => all + BigInt(amount), 0n);
  return {
    sumUsd: usdText(sum),
    accounts: rows.map(({ account, amount }) => ({ account, amountUsd: usdText(BigInt(amount)) })),
  };
};

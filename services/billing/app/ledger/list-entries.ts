import { usdText } from '@slipway/billing-core';
import type { AskOf, LedgerEntryView } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';

type Row = Readonly<{
  number: string;
  entry_id: string;
  kind: string;
  at: string;
  memo: string;
  usage: readonly string[];
  postings: readonly Readonly<{ account: string; amount: string; charge_id: string | null }>[];
}>;

/** A page of a workspace's bookings, the newest first. */
export const listEntries = async (
  connection: SqlPool,
  { workspaceId, before, limit }: AskOf<'billing.list-entries'>,
): Promise<readonly LedgerEntryView[]> => {
  const { rows } = await connection.query<Row>({
    name: 'list-entries',
    text: `select number, entry_id, kind, at, memo, usage,
        (select json_agg(json_build_object('account', account, 'amount', amount::text, 'charge_id', charge_id) order by place)
          from billing.postings where postings.entry_id = entries.entry_id) as postings
      from billing.entries where workspace_id = $1 and number < $2 order by number desc limit $3`,
    values: [workspaceId, before ?? Number.MAX_SAFE_INTEGER, limit],
  });
  return rows.map((row) => ({
    number: Number(row.number),
    entryId: row.entry_id,
    kind: row.kind,
    atMs: Number(row.at),
    memo: row.memo,
    usage: row.usage,
    postings: (row.postings ?? []).map(({ account, amount, charge_id }) => ({
      account,
      amountUsd: usdText(BigInt(amount)),
      ...(charge_id === null ? {} : { chargeId: charge_id }),
    })),
  }));
};

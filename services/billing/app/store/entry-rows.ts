import { trialBalance, type LedgerEntry } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { numberList } from './list-text.js';

/** Appends entries to the ledger. An entry whose id is there already is the same one: it is written once. */
export const writeEntries = async (connection: SqlPool, entries: readonly LedgerEntry[]): Promise<void> => {
  if (entries.length === 0) return;
  const { rows } = await connection.query<{ entry_id: string }>({
    name: 'write-entries',
    text: `insert into billing.entries (entry_id, workspace_id, kind, at, memo, usage)
      select row.entry_id, row.workspace_id, row.kind, row.at, row.memo, row.usage::bigint[]
      from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[])
        as row (entry_id, workspace_id, kind, at, memo, usage)
      on conflict (entry_id) do nothing returning entry_id`,
    values: [
      entries.map(({ entryId }) => entryId),
      entries.map(({ workspaceId }) => workspaceId),
      entries.map(({ kind }) => kind),
      entries.map(({ at }) => at),
      entries.map(({ memo }) => memo),
      entries.map(({ usage }) => `{${usage.join(',')}}`),
    ],
  });
  const written = new Set(rows.map(({ entry_id }) => entry_id));
  const fresh = entries.filter(({ entryId }) => written.has(entryId));
  const postings = fresh.flatMap(({ entryId, postings: own }) =>
    own.map((posting, place) => ({ entryId, place, ...posting })),
  );
  await connection.query({
    name: 'write-postings',
    text: `insert into billing.postings (entry_id, place, account, amount, charge_id)
      select * from unnest($1::text[], $2::integer[], $3::text[], $4::bigint[], $5::text[])`,
    values: [
      postings.map(({ entryId }) => entryId),
      numberList(postings.map(({ place }) => place)),
      postings.map(({ account }) => account),
      numberList(postings.map(({ amountMicroUsd }) => amountMicroUsd)),
      postings.map(({ chargeId }) => chargeId ?? null),
    ],
  });
  const changes = [...trialBalance(fresh).balances].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await connection.query({
    name: 'change-balances',
    text: `insert into billing.balances (account, amount) select * from unnest($1::text[], $2::bigint[])
      on conflict (account) do update set amount = billing.balances.amount + excluded.amount`,
    values: [changes.map(([account]) => account), changes.map(([, amount]) => String(amount))],
  });
};

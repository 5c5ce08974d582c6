import type { HoldTerms, TakenUsage } from '@slipway/billing-core';
import type { AskOf } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';

export type Hold = HoldTerms &
  Readonly<{ holdId: string; shard: string; workspaceId: string; environment: string }>;

/** What a hold still keeps back, in micro-USD rounded up: its time that is not booked yet, at the most that it can cost. */
export const HELD = `ceil(nano_usd_per_second::numeric *
  greatest(0, (until_ms - from_ms) * 1000000 - metered_ns) / 1000000000000)`;

/** Gives back what was held for time that is booked now, in the same commit; all of it once the last usage is. */
export const meterHolds = async (connection: SqlPool, batch: readonly TakenUsage[]): Promise<void> => {
  const metered = new Map<string, { ns: bigint; facts: number; inAll: number | null }>();
  for (const { fact } of batch) {
    if (fact.kind !== 'container') continue;
    const sum = metered.get(fact.containerId) ?? { ns: 0n, facts: 0, inAll: null };
    metered.set(fact.containerId, sum);
    sum.ns += BigInt(fact.durationNs);
    sum.facts += 1;
    if (fact.end !== undefined) sum.inAll = fact.sequence + 1;
  }
  const rows = [...metered].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await connection.query({
    name: 'meter-holds',
    text: `update billing.holds set metered_ns = metered_ns + row.ns, facts = facts + row.more,
        facts_in_all = coalesce(row.in_all, facts_in_all)
      from unnest($1::text[], $2::bigint[], $3::integer[], $4::integer[]) as row (hold_id, ns, more, in_all)
      where billing.holds.hold_id = row.hold_id and not settled`,
    values: [
      rows.map(([holdId]) => holdId),
      rows.map(([, { ns }]) => String(ns)),
      rows.map(([, { facts }]) => facts),
      rows.map(([, { inAll }]) => inAll),
    ],
  });
};

/** The terms of holds as they stand; they are not forgotten until the transaction ends. */
export const readTerms = async (
  connection: SqlPool,
  holdIds: readonly string[],
): Promise<ReadonlyMap<string, HoldTerms>> => {
  const { rows } = await connection.query<{
    hold_id: string;
    until_ms: string;
    from_ms: string;
    rate: string;
  }>({
    name: 'read-terms',
    text: `select hold_id, from_ms, until_ms, nano_usd_per_second as rate from billing.holds
      where hold_id = any($1) order by hold_id for update`,
    values: [holdIds],
  });
  return new Map(
    rows.map(({ hold_id, from_ms, until_ms, rate }) => [
      hold_id,
      { fromMs: Number(from_ms), untilMs: Number(until_ms), nanoUsdPerSecond: BigInt(rate) },
    ]),
  );
};

/** Makes a hold, or has one last longer. */
export const writeHold = async (connection: SqlPool, hold: Hold): Promise<void> => {
  await connection.query({
    name: 'write-hold',
    text: `insert into billing.holds (hold_id, workspace_id, environment, nano_usd_per_second, from_ms, until_ms, shard)
      values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (hold_id) do update set until_ms = greatest(billing.holds.until_ms, excluded.until_ms),
        nano_usd_per_second = greatest(billing.holds.nano_usd_per_second, excluded.nano_usd_per_second),
        shard = excluded.shard`,
    values: [
      hold.holdId,
      hold.workspaceId,
      hold.environment,
      String(hold.nanoUsdPerSecond),
      hold.fromMs,
      hold.untilMs,
      hold.shard,
    ],
  });
};

/** What a shard asked for and was not told to be gone. */
export const listHolds = async (
  connection: SqlPool,
  { shard, after, limit }: AskOf<'billing.list-holds'>,
): Promise<readonly string[]> => {
  const { rows } = await connection.query<{ hold_id: string }>({
    name: 'list-holds',
    text: `select hold_id from billing.holds where shard = $1 and hold_id > $2 and not settled and over_at is null
      order by hold_id limit $3`,
    values: [shard, after ?? '', limit],
  });
  return rows.map(({ hold_id }) => hold_id);
};

/** The containers are gone: what comes of them comes soon. */
export const endHolds = async (
  connection: SqlPool,
  holdIds: readonly string[],
  at: number,
): Promise<void> => {
  await connection.query({
    name: 'end-holds',
    text: 'update billing.holds set over_at = $2 where hold_id = any($1) and over_at is null',
    values: [holdIds, at],
  });
};

/** No container was started for them. */
export const dropHolds = async (connection: SqlPool, holdIds: readonly string[]): Promise<void> => {
  await connection.query({
    name: 'drop-holds',
    text: 'delete from billing.holds where hold_id = any($1) and facts = 0',
    values: [holdIds],
  });
};

/**
 * Forgets those whose time was over by then: their containers have told all that they used, or nothing more of them is waited
 * for. Of which usage has come since, or waits to be booked, is held still. Nothing in the ledger stands on a hold.
 */
export const forgetHolds = async (connection: SqlPool, overBy: number): Promise<void> => {
  await connection.query({
    name: 'forget-holds',
    text: `delete from billing.holds where hold_id in (
        select hold_id from billing.holds hold where least(over_at, until_ms) <= $1 and not exists (
          select from billing.usage_sources known
            join billing.usage_facts latest on latest.source = known.source and latest.sequence = known.highest_sequence
          where known.source = hold.hold_id and (known.last_taken_at_ms > $1
            or latest.position > (select coalesce(max(position), 0) from billing.progress where process = 'price-usage')))
        for update of hold skip locked)`,
    values: [overBy],
  });
};

import type { Charge } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { chargeOf } from './charge-rows.js';
import type { SubjectJson } from './subject-json.js';

export type ChargeFilter = Readonly<{
  workspaceId: string;
  /** Hours from `fromMs` (inclusive) to `toMs` (exclusive). */
  fromMs: number;
  toMs: number;
  /** Instead of by hours: what is billed in this month. */
  billedIn?: string;
  environments?: readonly string[];
  appIds?: readonly string[];
  functionIds?: readonly string[];
}>;

type Row = Readonly<{ charge_id: string; quantity: string; subject: SubjectJson; hour: string }>;

const PAGE = 5_000;

/**
 * The charges of a stretch of time, in the order of their hours and ids, page by page: as many as there are, in little
 * memory. It is what reports are made of; who needs all pages of one moment reads them in one transaction.
 */
export async function* eachCharge(connection: SqlPool, filter: ChargeFilter): AsyncGenerator<Charge> {
  const { billedIn } = filter;
  let after = { hour: '-1', chargeId: '' };
  for (;;) {
    const { rows } = await connection.query<Row>({
      name: billedIn === undefined ? 'charge-page' : 'charge-page-of-month',
      text: `select charge_id, quantity, subject, hour from billing.charges
        where workspace_id = $1 and ${billedIn === undefined ? 'hour >= $2 and hour < $3' : 'billed_in = $2 and hour >= $3'}
          and (hour, charge_id) > ($4::bigint, $5)
          and ($6::text[] is null or environment = any($6))
          and ($7::text[] is null or app_id = any($7))
          and ($8::text[] is null or resource_id = any($8))
        order by hour, charge_id limit $9`,
      values: [
        filter.workspaceId,
        // With the hour that was reached, an index finds the page of a month.
        ...(billedIn === undefined ? [filter.fromMs, filter.toMs] : [billedIn, after.hour]),
        after.hour,
        after.chargeId,
        filter.environments ?? null,
        filter.appIds ?? null,
        filter.functionIds ?? null,
        PAGE,
      ],
    });
    yield* rows.map(chargeOf);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = { hour: last.hour, chargeId: last.charge_id };
  }
}

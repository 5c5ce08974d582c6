import type { Charge } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { chargeOf } from './charge-rows.js';
import type { SubjectJson } from './subject-json.js';

export type ChargeFilter = Readonly<{
  workspaceId: string;
  /** Hours from `fromMs` (inclusive) to `toMs` (exclusive). */
  fromMs: number;
  toMs: number;
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
  let after = { hour: '-1', chargeId: '' };
  for (;;) {
    const { rows } = await connection.query<Row>({
      name: 'charge-page',
      text: `select charge_id, quantity, subject, hour from billing.charges
        where workspace_id = $9 and hour >= $1 and hour < $2 and (hour, charge_id) > ($3::bigint, $4)
          and ($5::text[] is null or environment = any($5))
          and ($6::text[] is null or app_id = any($6))
          and ($7::text[] is null or resource_id = any($7))
        order by hour, charge_id limit $8`,
      values: [
        filter.fromMs,
        filter.toMs,
        after.hour,
        after.chargeId,
        filter.environments ?? null,
        filter.appIds ?? null,
        filter.functionIds ?? null,
        PAGE,
        filter.workspaceId,
      ],
    });
    yield* rows.map(chargeOf);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = { hour: last.hour, chargeId: last.charge_id };
  }
}

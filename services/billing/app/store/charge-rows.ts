import { amountsOf, idOf, type Charge } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { subjectFromJson, subjectToJson, type SubjectJson } from './subject-json.js';

type ChargeRow = Readonly<{ charge_id: string; quantity: string; subject: SubjectJson }>;

export const chargeOf = ({ charge_id, quantity, subject }: ChargeRow): Charge => ({
  chargeId: charge_id,
  subject: subjectFromJson(subject),
  quantity: BigInt(quantity),
});

/** How much of charges is booked, by their ids. */
export const readQuantities = async (
  connection: SqlPool,
  chargeIds: readonly string[],
): Promise<ReadonlyMap<string, bigint>> => {
  const { rows } = await connection.query<Pick<ChargeRow, 'charge_id' | 'quantity'>>({
    name: 'read-quantities',
    text: 'select charge_id, quantity from billing.charges where charge_id = any($1)',
    values: [chargeIds],
  });
  return new Map(rows.map((row) => [row.charge_id, BigInt(row.quantity)]));
};

/** Writes charges with their new quantities, and keeps what each environment spent in each month. */
export const writeCharges = async (
  connection: SqlPool,
  charges: readonly Charge[],
  at: number,
): Promise<void> => {
  const rows = charges.map((charge) => {
    const { subject, quantity } = charge;
    const { listMicroUsd, billedMicroUsd } = amountsOf(subject.price, quantity);
    return { charge, subject, quantity, listMicroUsd, billedMicroUsd };
  });
  const column = <Value>(of: (row: (typeof rows)[number]) => Value): Value[] => rows.map(of);
  await connection.query({
    name: 'write-charges',
    text: `with written as (
        select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
          $8::text[], $9::numeric[], $10::bigint[], $11::bigint[], $12::json[])
          as row (charge_id, workspace_id, environment, resource_id, app_id, sku, hour, billed_in, quantity, list, billed, subject)
      ), spent as (
        insert into billing.month_spend (workspace_id, environment, month, billed)
        select written.workspace_id, written.environment, written.billed_in, sum(written.billed - coalesce(known.billed, 0))
        from written left join billing.charges known using (charge_id)
        group by 1, 2, 3 order by 1, 2, 3
        on conflict (workspace_id, month, environment)
        do update set billed = billing.month_spend.billed + excluded.billed
      )
      insert into billing.charges
      select charge_id, workspace_id, environment, resource_id, app_id, sku, hour, billed_in, quantity, list, billed,
        subject, $13 from written order by charge_id
      on conflict (charge_id) do update set quantity = excluded.quantity, list = excluded.list,
        billed = excluded.billed, updated_at = excluded.updated_at`,
    values: [
      column(({ charge }) => charge.chargeId),
      column(({ subject }) => subject.workspaceId),
      column(({ subject }) => subject.environment),
      column(({ subject }) => idOf(subject.resource)),
      column(({ subject }) => (subject.resource.kind === 'function' ? subject.resource.appId : null)),
      column(({ subject }) => subject.price.sku),
      column(({ subject }) => subject.hour),
      column(({ subject }) => subject.billedIn),
      column(({ quantity }) => String(quantity)),
      column(({ listMicroUsd }) => String(listMicroUsd)),
      column(({ billedMicroUsd }) => String(billedMicroUsd)),
      column(({ subject }) => JSON.stringify(subjectToJson(subject))),
      at,
    ],
  });
};

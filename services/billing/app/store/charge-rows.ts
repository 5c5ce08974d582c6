import { amountsOf, idOf, type Charge } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { numberList, textList, TEXTS } from './list-text.js';
import { subjectFromJson, subjectToJson, type SubjectJson } from './subject-json.js';

export type ChargeRow = Readonly<{ charge_id: string; quantity: string; subject: SubjectJson }>;

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
  known: ReadonlyMap<string, bigint>,
  at: number,
): Promise<void> => {
  const rows = charges.map((charge): ChargeToWrite => {
    const before = known.get(charge.chargeId);
    const { listMicroUsd, billedMicroUsd } = amountsOf(charge.subject.price, charge.quantity);
    const grown =
      before === undefined
        ? billedMicroUsd
        : billedMicroUsd - amountsOf(charge.subject.price, before).billedMicroUsd;
    return { ...charge, listMicroUsd, billedMicroUsd, grownMicroUsd: grown };
  });
  // What a charge is for is long and stays: it is written once.
  const fresh = rows.filter(({ chargeId }) => !known.has(chargeId));
  const grown = rows.filter(({ chargeId }) => known.has(chargeId));
  if (fresh.length > 0) await insertCharges(connection, fresh, at);
  if (grown.length > 0) await growCharges(connection, grown, at);
  await addSpend(connection, rows);
};

type ChargeToWrite = Charge &
  Readonly<{ listMicroUsd: bigint; billedMicroUsd: bigint; grownMicroUsd: bigint }>;

const insertCharges = async (
  connection: SqlPool,
  rows: readonly ChargeToWrite[],
  at: number,
): Promise<void> => {
  const column = <Value>(of: (row: ChargeToWrite) => Value): Value[] => rows.map(of);
  await connection.query({
    name: 'insert-charges',
    text: `insert into billing.charges
      select *, $13::bigint from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
          $8::text[], $9::numeric[], $10::bigint[], $11::bigint[], ${TEXTS('$12')}::json[])
        as row (charge_id, workspace_id, environment, resource_id, app_id, sku, hour, billed_in, quantity, list, billed, subject)
      order by charge_id`,
    values: [
      column(({ chargeId }) => chargeId),
      column(({ subject }) => subject.workspaceId),
      column(({ subject }) => subject.environment),
      column(({ subject }) => idOf(subject.resource)),
      column(({ subject }) => (subject.resource.kind === 'function' ? subject.resource.appId : null)),
      column(({ subject }) => subject.price.sku),
      numberList(column(({ subject }) => subject.hour)),
      column(({ subject }) => subject.billedIn),
      numberList(column(({ quantity }) => quantity)),
      numberList(column(({ listMicroUsd }) => listMicroUsd)),
      numberList(column(({ billedMicroUsd }) => billedMicroUsd)),
      textList(column(({ subject }) => JSON.stringify(subjectToJson(subject)))),
      at,
    ],
  });
};

const growCharges = async (
  connection: SqlPool,
  rows: readonly ChargeToWrite[],
  at: number,
): Promise<void> => {
  await connection.query({
    name: 'grow-charges',
    text: `update billing.charges set quantity = row.quantity, list = row.list, billed = row.billed, updated_at = $5
      from unnest(${TEXTS('$1')}, $2::numeric[], $3::bigint[], $4::bigint[]) as row (charge_id, quantity, list, billed)
      where billing.charges.charge_id = row.charge_id`,
    values: [
      textList(rows.map(({ chargeId }) => chargeId)),
      numberList(rows.map(({ quantity }) => quantity)),
      numberList(rows.map(({ listMicroUsd }) => listMicroUsd)),
      numberList(rows.map(({ billedMicroUsd }) => billedMicroUsd)),
      at,
    ],
  });
};

const addSpend = async (connection: SqlPool, rows: readonly ChargeToWrite[]): Promise<void> => {
  await connection.query({
    name: 'add-spend',
    text: `with row as (
        select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
          as row (workspace_id, environment, month, hour, grown)
      ), hours as (
        insert into billing.hour_spend (workspace_id, month, hour, billed)
        select workspace_id, month, hour, sum(grown) from row group by 1, 2, 3 order by 1, 2, 3
        on conflict (workspace_id, month, hour)
        do update set billed = billing.hour_spend.billed + excluded.billed
      )
      insert into billing.month_spend (workspace_id, environment, month, billed)
      select workspace_id, environment, month, sum(grown) from row group by 1, 2, 3 order by 1, 2, 3
      on conflict (workspace_id, month, environment)
      do update set billed = billing.month_spend.billed + excluded.billed`,
    values: [
      rows.map(({ subject }) => subject.workspaceId),
      rows.map(({ subject }) => subject.environment),
      rows.map(({ subject }) => subject.billedIn),
      numberList(rows.map(({ subject }) => subject.hour)),
      numberList(rows.map(({ grownMicroUsd }) => grownMicroUsd)),
    ],
  });
};

import { invoiceNumber, type ExportedCharge, type Granularity, type MonthPart } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { chargeOf } from '../../store/charge-rows.js';
import type { SubjectJson } from '../../store/subject-json.js';
import { eachRow } from './each-row.js';

type Row = Readonly<{
  charge_id: string;
  quantity: string;
  subject: SubjectJson;
  account_name: string;
  invoice_number: string | null;
}>;

export type OfExport = Readonly<{
  /** Left out: of all workspaces. */
  workspaceId?: string;
  granularity: Granularity;
}>;

const DAY_MS = 86_400_000;

/** In the order of hours; or, day by day, in the order in which dailyUses adds them up. */
const ORDER = {
  hourly: 'hour, charge_id',
  daily: 'workspace_id, environment, resource_id, sku, hour, charge_id',
} as const satisfies Record<Granularity, string>;

/** The charges that are billed in a part of a month. */
export async function* exportedCharges(
  connection: SqlPool,
  of: OfExport,
  part: MonthPart,
): AsyncGenerator<ExportedCharge> {
  if (of.granularity === 'hourly') return yield* chargesOf(connection, of, part);
  for (let day = await firstDay(connection, of, part); day !== undefined;) {
    yield* chargesOf(connection, of, { ...part, fromHour: day, toHour: day + DAY_MS });
    day = await firstDay(connection, of, { ...part, fromHour: day + DAY_MS });
  }
}

/** The first day on which something was used. */
const firstDay = async (
  connection: SqlPool,
  { workspaceId }: OfExport,
  { month, fromHour, toHour }: MonthPart,
): Promise<number | undefined> => {
  const { rows } = await connection.query<{ hour: string | null }>({
    text: `select min(hour) as hour from billing.charges
      where billed_in = $1 and hour >= $2 and hour < $3 ${workspaceId === undefined ? '' : 'and workspace_id = $4'}`,
    values: [month, fromHour, toHour, ...(workspaceId === undefined ? [] : [workspaceId])],
  });
  const hour = rows[0]?.hour ?? undefined;
  return hour === undefined ? undefined : Math.floor(Number(hour) / DAY_MS) * DAY_MS;
};

async function* chargesOf(
  connection: SqlPool,
  { workspaceId, granularity }: OfExport,
  { month, fromHour, toHour }: MonthPart,
): AsyncGenerator<ExportedCharge> {
  const rows = eachRow<Row>(connection, {
    name: 'exported_charges',
    text: `select charge_id, quantity, subject,
        (select name from billing.accounts account where account.workspace_id = charge.workspace_id) as account_name,
        (select number from billing.invoices invoice
          where invoice.workspace_id = charge.workspace_id and invoice.month = charge.billed_in) as invoice_number
      from billing.charges charge
      where billed_in = $1 and hour >= $2 and hour < $3 ${workspaceId === undefined ? '' : 'and workspace_id = $4'}
      order by ${ORDER[granularity]}`,
    values: [month, fromHour, toHour, ...(workspaceId === undefined ? [] : [workspaceId])],
  });
  for await (const row of rows)
    yield { charge: chargeOf(row), ...billingOf(row.account_name, row.invoice_number) };
}

/** As an export says it: who is billed, on which invoice. */
export const billingOf = (
  accountName: string,
  number: string | null,
): Pick<ExportedCharge, 'accountName' | 'invoiceNumber'> => ({
  accountName,
  ...(number === null ? {} : { invoiceNumber: invoiceNumber(Number(number)) }),
});

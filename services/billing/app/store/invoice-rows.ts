import type { Invoice } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { invoiceFromJson, invoiceToJson } from './invoice-json.js';

type Row = Readonly<{ invoice: unknown }>;

export const readInvoiceOfMonth = async (
  connection: SqlPool,
  { workspaceId, month }: Readonly<{ workspaceId: string; month: string }>,
): Promise<Invoice | undefined> => {
  const { rows } = await connection.query<Row>({
    name: 'invoice-of-month',
    text: 'select invoice from billing.invoices where workspace_id = $1 and month = $2',
    values: [workspaceId, month],
  });
  return rows[0] && invoiceFromJson(rows[0].invoice);
};

/** All of a workspace, the newest first. */
export const readInvoices = async (connection: SqlPool, workspaceId: string): Promise<readonly Invoice[]> => {
  const { rows } = await connection.query<Row>({
    name: 'read-invoices',
    text: 'select invoice from billing.invoices where workspace_id = $1 order by month desc',
    values: [workspaceId],
  });
  return rows.map(({ invoice }) => invoiceFromJson(invoice));
};

export const writeInvoice = (connection: SqlPool, number: number, invoice: Invoice): Promise<unknown> =>
  connection.query({
    text: `insert into billing.invoices (number, workspace_id, month, invoice, issued_at) values ($1, $2, $3, $4, $5)`,
    values: [number, invoice.workspaceId, invoice.month, invoiceToJson(invoice), invoice.issuedAt],
  });

/** The next invoice's number: without a gap, for whoever asks waits until the last one is there or is not. */
export const nextInvoiceNumber = async (connection: SqlPool): Promise<number> => {
  await connection.query({ text: 'lock table billing.invoices in exclusive mode' });
  const { rows } = await connection.query<{ next: string }>({
    text: 'select coalesce(max(number), 0) + 1 as next from billing.invoices',
  });
  return Number(rows[0]?.next);
};

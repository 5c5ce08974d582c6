import type { ExportedAdjustment, MonthPart } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { subjectFromJson, type SubjectJson } from '../../store/subject-json.js';
import { eachRow } from './each-row.js';
import { billingOf, type OfExport } from './exported-charges.js';

type Row = Readonly<{
  workspace_id: string;
  name: string;
  number: string | null;
  entry_id: string;
  at: string;
  reason: string;
  amount: string;
  subject: SubjectJson | null;
}>;

/** What was put right by hand in a part of a month, with the charge that it is about. */
export async function* exportedAdjustments(
  connection: SqlPool,
  { workspaceId }: OfExport,
  { month, from, to }: MonthPart,
): AsyncGenerator<ExportedAdjustment> {
  const rows = eachRow<Row>(connection, {
    name: 'exported_adjustments',
    text: `select adjustment.workspace_id, account.name, invoice.number, entry_id, at, reason, amount,
        (select subject from billing.postings join billing.charges using (charge_id)
          where postings.entry_id = adjustment.entry_id limit 1) as subject
      from billing.adjustments adjustment
        join billing.accounts account on account.workspace_id = adjustment.workspace_id
        left join billing.invoices invoice
          on invoice.workspace_id = adjustment.workspace_id and invoice.month = adjustment.billed_in
      where billed_in = $1 and at >= $2 and at < $3
        ${workspaceId === undefined ? '' : 'and adjustment.workspace_id = $4'}
      order by at, entry_id`,
    values: [month, from, to, ...(workspaceId === undefined ? [] : [workspaceId])],
  });
  for await (const row of rows)
    yield {
      workspaceId: row.workspace_id,
      month,
      ...billingOf(row.name, row.number),
      entryId: row.entry_id,
      at: Number(row.at),
      reason: row.reason,
      amountMicroUsd: BigInt(row.amount),
      ...(row.subject === null ? {} : { subject: subjectFromJson(row.subject) }),
    };
}

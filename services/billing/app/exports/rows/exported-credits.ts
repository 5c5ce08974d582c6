import type { ExportedCredit, MonthPart } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { eachRow } from './each-row.js';
import { billingOf, type OfExport } from './exported-charges.js';

type Row = Readonly<{
  workspace_id: string;
  name: string;
  number: string;
  credit: Readonly<{ grantId: string; reason: string; usedMicroUsd: string }>;
}>;

/** What credits paid of a month, where its invoice is issued. */
export async function* exportedCredits(
  connection: SqlPool,
  { workspaceId }: OfExport,
  { month }: MonthPart,
): AsyncGenerator<ExportedCredit> {
  const rows = eachRow<Row>(connection, {
    name: 'exported_credits',
    text: `select workspace_id, account.name, invoice.number, credit
      from billing.invoices invoice join billing.accounts account using (workspace_id),
        json_array_elements(invoice.invoice -> 'credits') with ordinality as used (credit, place)
      where month = $1 ${workspaceId === undefined ? '' : 'and workspace_id = $2'}
      order by workspace_id, place`,
    values: [month, ...(workspaceId === undefined ? [] : [workspaceId])],
  });
  for await (const { workspace_id, name, number, credit } of rows)
    yield {
      workspaceId: workspace_id,
      month,
      ...billingOf(name, number),
      grantId: credit.grantId,
      reason: credit.reason,
      usedMicroUsd: BigInt(credit.usedMicroUsd),
    };
}

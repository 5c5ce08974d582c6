import type { LedgerEntry } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { refuse } from '@slipway/kernel';
import { deny } from '../deny.js';

/** Whether an entry is in the ledger already. An entry of the same id is the same one: refused where that says something else. */
export const isBooked = async (
  connection: SqlPool,
  { entryId, workspaceId, kind, postings }: LedgerEntry,
): Promise<boolean> => {
  const { rows } = await connection.query<{ workspace_id: string; kind: string; postings: string[] }>({
    text: `select workspace_id, kind, array(
             select account || ' ' || amount from billing.postings p
             where p.entry_id = e.entry_id order by place) as postings
           from billing.entries e where entry_id = $1`,
    values: [entryId],
  });
  const [known] = rows;
  if (known === undefined) return false;
  const asked = postings.map(({ account, amountMicroUsd }) => `${account} ${amountMicroUsd}`);
  if (known.workspace_id !== workspaceId || known.kind !== kind || `${known.postings}` !== `${asked}`)
    deny(
      refuse(
        'already-exists',
        'entry-exists',
        `There is another entry '${entryId}' already, of another workspace, kind or amount: give this one an id of its own.`,
      ),
    );
  return true;
};

import type { TakenUsage } from '@slipway/billing-core';
import type { SqlPool } from '@slipway/event-store';
import { numberList, textList, TEXTS } from './list-text.js';

type OfCall = Readonly<{
  callId: string;
  position: bigint;
  workspaceId: string;
  functionId: string;
  at: number;
}>;

/** Remembers which calls a batch of usage was for: once, in the commit that books it. */
export const writeCallUsage = async (connection: SqlPool, batch: readonly TakenUsage[]): Promise<void> => {
  const rows = batch.flatMap(({ position, fact }): OfCall[] =>
    fact.kind !== 'container'
      ? []
      : [...new Set(fact.calls.map(({ callId }) => callId))].map((callId) => ({
          callId,
          position,
          workspaceId: fact.workspaceId,
          functionId: fact.functionId,
          at: fact.fromMs,
        })),
  );
  if (rows.length === 0) return;
  await connection.query({
    name: 'write-call-usage',
    text: `insert into billing.call_usage (call_id, position, workspace_id, function_id, at)
      select * from unnest(${TEXTS('$1')}, $2::bigint[], ${TEXTS('$3')}, ${TEXTS('$4')}, $5::bigint[])`,
    values: [
      textList(rows.map(({ callId }) => callId)),
      numberList(rows.map(({ position }) => position)),
      textList(rows.map(({ workspaceId }) => workspaceId)),
      textList(rows.map(({ functionId }) => functionId)),
      numberList(rows.map(({ at }) => at)),
    ],
  });
};

/** The positions of a call's usage after one of them, the earliest `limit` of them. */
export const callPositions = async (
  connection: SqlPool,
  of: Readonly<{ workspaceId: string; callId: string }>,
  { after, limit }: Readonly<{ after: string; limit: number }>,
): Promise<readonly string[]> => {
  const { rows } = await connection.query<{ position: string }>({
    name: 'call-positions',
    text: `select position from billing.call_usage
      where call_id = $1 and workspace_id = $2 and position > $3 order by position limit $4`,
    values: [of.callId, of.workspaceId, after, limit],
  });
  return rows.map(({ position }) => position);
};

/** The calls that a function worked on last, the newest first. */
export const lastCalls = async (
  connection: SqlPool,
  of: Readonly<{ workspaceId: string; functionId: string }>,
  limit: number,
): Promise<readonly string[]> => {
  const { rows } = await connection.query<{ call_id: string }>({
    name: 'last-calls',
    text: `select call_id from (
        select call_id, at from billing.call_usage where function_id = $1 and workspace_id = $2 order by at desc limit $3
      ) recent group by call_id order by max(at) desc`,
    values: [of.functionId, of.workspaceId, limit],
  });
  return rows.map(({ call_id }) => call_id);
};

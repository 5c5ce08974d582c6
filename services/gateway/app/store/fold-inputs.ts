import type { InputChange } from '@slipway/gateway-core';

/** Runs a statement whose parameters are question marks. */
export type Execute = (sql: string, values: readonly unknown[]) => Promise<unknown>;

/** Writes what became known of inputs in one statement; the call of each names its function. */
export const foldInputs = async (execute: Execute, changes: readonly InputChange[]): Promise<void> => {
  if (changes.length === 0) return;
  const rows = changes.map(
    ({ id, callId, methodName, queuedAt, startedAt, finishedAt, taskId, outcome }) => ({
      id,
      call_id: callId,
      method_name: methodName,
      queued_at: queuedAt,
      started_at: startedAt,
      finished_at: finishedAt,
      task_id: taskId,
      outcome,
    }),
  );
  await execute(
    `insert into gateway.activity_inputs as known
       (id, call_id, function_id, method_name, queued_at, started_at, finished_at, task_id, outcome)
     select new.id, new.call_id, call.function_id, new.method_name, new.queued_at, new.started_at,
            new.finished_at, new.task_id, new.outcome
     from json_to_recordset(?::json) as new(id text, call_id text, method_name text, queued_at bigint,
            started_at bigint, finished_at bigint, task_id text, outcome text)
     left join gateway.activity_calls call on call.id = new.call_id
     on conflict (id) do update set
       queued_at = coalesce(known.queued_at, excluded.queued_at),
       started_at = coalesce(excluded.started_at, known.started_at),
       finished_at = coalesce(excluded.finished_at, known.finished_at),
       task_id = coalesce(excluded.task_id, known.task_id),
       outcome = coalesce(excluded.outcome, known.outcome)`,
    [JSON.stringify(rows)],
  );
};

import type { AppId, FunctionId, WorkspaceId } from '@slipway/contracts';
import type { SqlPool } from '@slipway/event-store';

export type TimeRange = Readonly<{ sinceMs: number; untilMs: number }>;

export type FunctionCounts = Readonly<{
  functionId: FunctionId;
  succeeded: number;
  failed: number;
  /** Containers that were there at some moment of the range. */
  containers: number;
  /** Containers that ended in it by an error. */
  containerErrors: number;
}>;

type Row = Readonly<{ function_id: string } & Record<string, string>>;

const ERRORS = [
  'user-error',
  'init-failure',
  'out-of-memory',
  'disk-full',
  'timeout',
  'startup-timeout',
  'image-failed',
  'platform-error',
];

/** What the functions of an app did in a time range, by the tables of activity. A call counts when its last output came. */
export const countByFunction = async (
  connection: SqlPool,
  { workspaceId, appId, sinceMs, untilMs }: TimeRange & Readonly<{ workspaceId: WorkspaceId; appId: AppId }>,
): Promise<readonly FunctionCounts[]> => {
  const values = [workspaceId, appId, sinceMs, untilMs];
  const calls = await connection.query<Row>({
    text: `select function_id, sum(succeeded) as succeeded, sum(failed) as failed from gateway.activity_calls
      where workspace_id = $1 and app_id = $2 and last_output_at >= $3 and last_output_at < $4 group by function_id`,
    values,
  });
  const tasks = await connection.query<Row>({
    text: `select function_id, count(*) as containers,
        count(*) filter (where ended_at < $4 and reason = any($5)) as errors
      from gateway.activity_tasks
      where workspace_id = $1 and app_id = $2 and created_at < $4 and (ended_at is null or ended_at >= $3)
      group by function_id`,
    values: [...values, ERRORS],
  });
  const ids = new Set([...calls.rows, ...tasks.rows].map((row) => row.function_id));
  return [...ids].map((functionId) => {
    const called = calls.rows.find((row) => row.function_id === functionId);
    const ran = tasks.rows.find((row) => row.function_id === functionId);
    return {
      functionId,
      succeeded: Number(called?.['succeeded'] ?? 0),
      failed: Number(called?.['failed'] ?? 0),
      containers: Number(ran?.['containers'] ?? 0),
      containerErrors: Number(ran?.['errors'] ?? 0),
    };
  });
};

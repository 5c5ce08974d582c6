import type { MikroORM } from '@mikro-orm/postgresql';
import type { AppId, FunctionId, WorkspaceId } from '@slipway/contracts';

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
export class AppCounts {
  constructor(private readonly orm: MikroORM) {}

  async ofApp(
    workspaceId: WorkspaceId,
    appId: AppId,
    { sinceMs, untilMs }: TimeRange,
  ): Promise<readonly FunctionCounts[]> {
    const em = this.orm.em.fork();
    const calls: Row[] = await em.execute(
      `select function_id, sum(succeeded) as succeeded, sum(failed) as failed from gateway.activity_calls
       where workspace_id = ? and app_id = ? and last_output_at >= ? and last_output_at < ? group by function_id`,
      [workspaceId, appId, sinceMs, untilMs],
    );
    const tasks: Row[] = await em.execute(
      `select function_id, count(*) as containers,
         count(*) filter (where ended_at < ? and reason in (${ERRORS.map(() => '?').join(', ')})) as errors
       from gateway.activity_tasks
       where workspace_id = ? and app_id = ? and created_at < ? and (ended_at is null or ended_at >= ?)
       group by function_id`,
      [untilMs, ...ERRORS, workspaceId, appId, untilMs, sinceMs],
    );
    const ids = new Set([...calls, ...tasks].map((row) => row.function_id));
    return [...ids].map((functionId) => {
      const called = calls.find((row) => row.function_id === functionId);
      const ran = tasks.find((row) => row.function_id === functionId);
      return {
        functionId,
        succeeded: Number(called?.['succeeded'] ?? 0),
        failed: Number(called?.['failed'] ?? 0),
        containers: Number(ran?.['containers'] ?? 0),
        containerErrors: Number(ran?.['errors'] ?? 0),
      };
    });
  }
}

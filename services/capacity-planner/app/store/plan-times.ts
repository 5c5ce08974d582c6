import type { SqlPool } from '@slipway/event-store';
import type { Instant } from '@slipway/kernel';

/** When a plan was made, and from which catalogue. */
export type PlanTime = Readonly<{ planId: string; madeAt: Instant; catalogueVersion: string }>;

/** When the oldest plan was made that is still kept; undefined where there is none. */
export const oldestPlanAt = async (pool: SqlPool): Promise<Instant | undefined> => {
  const { rows } = await pool.query<{ oldest: string | null }>({
    text: `select min(made_at) as oldest from capacity_planner.plans`,
    values: [],
  });
  const oldest = rows[0]?.oldest ?? undefined;
  return oldest === undefined ? undefined : Number(oldest);
};

type Row = { plan_id: string; made_at: string; catalogue_version: string };

/** The plans of a period and the last one before it, in the order of time. */
export const planTimes = async (
  pool: SqlPool,
  from: Instant,
  until: Instant,
): Promise<readonly PlanTime[]> => {
  const { rows } = await pool.query<Row>({
    text: `select plan_id, made_at, catalogue_version from capacity_planner.plans
           where made_at <= $2
             and made_at >= coalesce((select max(made_at) from capacity_planner.plans where made_at <= $1), $1)
           order by made_at, plan_id`,
    values: [Math.round(from), Math.round(until)],
  });
  return rows.map((row) => ({
    planId: row.plan_id,
    madeAt: Number(row.made_at),
    catalogueVersion: row.catalogue_version,
  }));
};

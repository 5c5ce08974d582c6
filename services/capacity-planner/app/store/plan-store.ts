import type { Plan, PlanningProblem } from '@slipway/capacity-planner-core';
import type { SqlPool } from '@slipway/event-store';
import type { Instant } from '@slipway/kernel';
import { compressJson, decompressJson } from './compressed-json.js';

export type StoredPlan = Readonly<{
  planId: string;
  madeAt: Instant;
  trigger: string;
  inputsHash: string;
  catalogueVersion: string;
  plan: Plan;
}>;

export type PlanMark = Readonly<{ madeAt: Instant; planId: string }>;

type Row = {
  plan_id: string;
  made_at: string;
  trigger: string;
  inputs_hash: string;
  catalogue_version: string;
  plan: Plan;
};
/** A problem as it is kept: its offers are those of the catalogue's version. */
type KeptProblem = Omit<PlanningProblem, 'offers'>;

const COLUMNS = 'plan_id, made_at, trigger, inputs_hash, catalogue_version, plan';

/** Plans, and beside each of them all that it depends on, so that it can be made again. */
export class PlanStore {
  constructor(private readonly pool: SqlPool) {}

  async save(stored: StoredPlan, { offers: _, ...problem }: PlanningProblem): Promise<void> {
    await this.pool.query({
      text: `insert into capacity_planner.plans (${COLUMNS}, problem) values ($1, $2, $3, $4, $5, $6::json, $7)
             on conflict (plan_id) do nothing`,
      values: [
        stored.planId,
        stored.madeAt,
        stored.trigger,
        stored.inputsHash,
        stored.catalogueVersion,
        JSON.stringify(stored.plan),
        await compressJson(problem satisfies KeptProblem),
      ],
    });
  }

  async find(planId: string): Promise<StoredPlan | undefined> {
    const { rows } = await this.pool.query<Row>({
      text: `select ${COLUMNS} from capacity_planner.plans where plan_id = $1`,
      values: [planId],
    });
    return rows[0] && storedOf(rows[0]);
  }

  /** The plan that the log calls the newest; the one with the latest moment may be of a clock that was ahead. */
  async newest(loggedId: string | undefined): Promise<StoredPlan | undefined> {
    const logged = loggedId === undefined ? undefined : await this.find(loggedId);
    return logged ?? (await this.list(1))[0];
  }

  /** The newest first; those made before the mark. */
  async list(limit: number, before?: PlanMark): Promise<readonly StoredPlan[]> {
    const { rows } = await this.pool.query<Row>({
      text: `select ${COLUMNS} from capacity_planner.plans
             where $2::bigint is null or (made_at, plan_id) < ($2, $3)
             order by made_at desc, plan_id desc limit $1`,
      values: [limit, before?.madeAt ?? null, before?.planId ?? null],
    });
    return rows.map(storedOf);
  }

  /** All that a plan depended on; undefined where the plan or its catalogue is no longer kept. Rejects with an `UnreadableError` where that is damaged. */
  async problemOf(planId: string): Promise<PlanningProblem | undefined> {
    const { rows } = await this.pool.query<{ problem: Buffer; version: string; content: Buffer }>({
      text: `select p.problem, c.version, c.content from capacity_planner.plans p
             join capacity_planner.catalogue_versions c on c.version = p.catalogue_version where p.plan_id = $1`,
      values: [planId],
    });
    const [row] = rows;
    if (row === undefined) return undefined;
    const { problem, version, content } = row;
    const { offers } = await decompressJson<Pick<PlanningProblem, 'offers'>>(
      `the kept catalogue ${version}`,
      content,
    );
    return { ...(await decompressJson<KeptProblem>(`what plan ${planId} was made from`, problem)), offers };
  }

  /** Lets old plans go, with the catalogues that none of the rest needs. The newest is always kept. */
  async forgetBefore(at: Instant): Promise<void> {
    await this.pool.query({
      text: `delete from capacity_planner.plans where made_at < $1
             and plan_id <> (select plan_id from capacity_planner.plans order by made_at desc, plan_id desc limit 1)`,
      values: [at],
    });
    await this.pool.query({
      text: `delete from capacity_planner.catalogue_versions c where c.first_seen_at < $1
             and not exists (select 1 from capacity_planner.plans p where p.catalogue_version = c.version)`,
      values: [at],
    });
  }
}

const storedOf = (row: Row): StoredPlan => ({
  planId: row.plan_id,
  madeAt: Number(row.made_at),
  trigger: row.trigger,
  inputsHash: row.inputs_hash,
  catalogueVersion: row.catalogue_version,
  plan: row.plan,
});

import type { DemandLedgerState, MeteredStep } from '@slipway/capacity-planner-core';
import { inTransaction, type LendingPool } from '@slipway/event-store';
import type { Instant } from '@slipway/kernel';

/** How far facts were read, what came of them, and when they were last read to their end. */
export type FactsRead = Readonly<{ position: number; ledger: DemandLedgerState; readAt: Instant }>;

type StateRow = { position: string; state: DemandLedgerState; read_at: string };
type StepRow = {
  starts_at: string;
  containers: Record<string, number>;
  lacking: Record<string, number> | null;
};

/** What was read of the facts, and the demand that was metered from them: one transaction, so that neither is ahead of the other. */
export class DemandStore {
  constructor(private readonly pool: LendingPool) {}

  async load(service: string): Promise<FactsRead | undefined> {
    const { rows } = await this.pool.query<StateRow>({
      text: `select position, state, read_at from capacity_planner.facts_read where service = $1`,
      values: [service],
    });
    const [row] = rows;
    return row && { position: Number(row.position), ledger: row.state, readAt: Number(row.read_at) };
  }

  async save(service: string, read: FactsRead, steps: readonly MeteredStep[]): Promise<void> {
    await inTransaction(this.pool, async (connection) => {
      await connection.query({
        text: `insert into capacity_planner.facts_read (service, position, state, read_at)
               values ($1, $2, $3::json, $4)
               on conflict (service) do update
                 set position = excluded.position, state = excluded.state, read_at = excluded.read_at`,
        values: [service, read.position, JSON.stringify(read.ledger), Math.round(read.readAt)],
      });
      if (steps.length === 0) return;
      await connection.query({
        text: `insert into capacity_planner.demand_steps (starts_at, containers, lacking)
               select step."startsAt", step.containers, step.lacking
               from json_to_recordset($1::json) as step("startsAt" bigint, containers json, lacking json)
               on conflict (starts_at) do update set containers = excluded.containers, lacking = excluded.lacking`,
        values: [JSON.stringify(newestOfEach(steps))],
      });
    });
  }

  async steps(since: Instant): Promise<readonly MeteredStep[]> {
    const { rows } = await this.pool.query<StepRow>({
      text: `select starts_at, containers, lacking from capacity_planner.demand_steps where starts_at >= $1 order by starts_at`,
      values: [Math.round(since)],
    });
    return rows.map(({ starts_at, containers, lacking }) => ({
      startsAt: Number(starts_at),
      containers,
      ...(lacking === null ? {} : { lacking }),
    }));
  }

  async forgetBefore(at: Instant): Promise<void> {
    await this.pool.query({
      text: `delete from capacity_planner.demand_steps where starts_at < $1`,
      values: [Math.round(at)],
    });
  }
}

/** A clock that was set back meters a step twice; one statement may name it once. */
const newestOfEach = (steps: readonly MeteredStep[]): readonly MeteredStep[] => [
  ...new Map(steps.map((step) => [step.startsAt, step])).values(),
];

import type { MikroORM } from '@mikro-orm/postgresql';
import { factsAfter, type EnvironmentChoice, type FactBatch, type WorkspaceId } from '@slipway/contracts';
import {
  mergeChanges,
  projectFact,
  projectInputs,
  type ActivityTable,
  type PageMark,
  type RowChange,
} from '@slipway/gateway-core';

import { environmentCondition } from './environment-condition.js';
import { foldInputs } from './fold-inputs.js';
import type { Statistics } from './statistics.js';

export type ActivityRow = Readonly<{ id: string; created_at: string } & Record<string, unknown>>;

export type ChosenRows = Readonly<{
  table: ActivityTable;
  /** Undefined for what belongs to no workspace. */
  workspaceId?: WorkspaceId;
  /** Only what is in these; images and hosts are in none, and are listed all the same. */
  environments?: EnvironmentChoice;
  where?: Readonly<Record<string, string | undefined>>;
  /** A further condition, written by us. */
  condition?: string;
}>;

export type ListQuery = ChosenRows & Readonly<{ after?: PageMark; limit: number }>;

/** What happened in the mesh, as tables that the public API reads; all of it can be folded again from the facts. */
export class Activity {
  constructor(
    private readonly orm: MikroORM,
    private readonly statistics: Statistics,
  ) {}

  /** Folds in what of a batch was not folded before: the position is written in the same transaction. */
  async fold(batch: FactBatch): Promise<void> {
    const { service, lastPosition } = batch;
    await this.orm.em.fork().transactional(async (em) => {
      const [known]: { position: string }[] = await em.execute(
        `select position from gateway.activity_positions where service = ? for update`,
        [service],
      );
      const facts = factsAfter(batch, Number(known?.position ?? 0));
      const moved = await em.execute(
        `insert into gateway.activity_positions (service, position) values (?, ?)
         on conflict (service) do update set position = excluded.position
         where activity_positions.position < excluded.position returning position`,
        [service, lastPosition],
      );
      if (moved.length === 0) return;
      for (const change of mergeChanges(facts.flatMap(projectFact))) {
        const { sql, values } = statementOf(change);
        await em.execute(sql, values);
      }
      await foldInputs((sql, values) => em.execute(sql, [...values]), projectInputs(facts));
    });
  }

  /** Forgets all that was folded, so that the facts can be folded anew. */
  async clear(): Promise<void> {
    const tables = ['apps', 'functions', 'calls', 'tasks', 'workers', 'images', 'inputs', 'positions'];
    await this.orm.em
      .fork()
      .execute(`truncate ${tables.map((table) => `gateway.activity_${table}`).join(', ')}`);
  }

  /** The newest rows first, one more than `limit` where there are more. */
  async list({ after, limit, ...query }: ListQuery): Promise<ActivityRow[]> {
    const { conditions, values } = conditionsOf(query);
    if (after) {
      conditions.push('(created_at, id) < (?, ?)');
      values.push(after.createdAt, after.id);
    }
    const marked = `select * from gateway.activity_${query.table} where ${conditions.join(' and ')}
      order by created_at desc, id desc limit ?`;
    let mark = 0;
    const text = marked.replaceAll('?', () => `$${(mark += 1)}`);
    const { rows } = await this.statistics.read(query.workspaceId, (connection) =>
      connection.query<ActivityRow>({ text, values: [...values, limit + 1] }),
    );
    return rows;
  }

  async find({ id, ...query }: ChosenRows & Readonly<{ id: string }>): Promise<ActivityRow | undefined> {
    const { conditions, values } = conditionsOf({ ...query, where: { ...query.where, id } });
    const [row]: ActivityRow[] = await this.orm.em
      .fork()
      .execute(`select * from gateway.activity_${query.table} where ${conditions.join(' and ')}`, values);
    return row;
  }
}

const conditionsOf = ({
  table,
  workspaceId,
  environments,
  where = {},
  condition,
}: ChosenRows): { conditions: string[]; values: unknown[] } => {
  const conditions = ['created_at is not null'];
  const values: unknown[] = [];
  for (const [column, value] of Object.entries({ ...where, workspace_id: workspaceId })) {
    if (value === undefined) continue;
    conditions.push(`${column} = ?`);
    values.push(value);
  }
  const within = environments && environmentCondition(table, environments);
  if (within) {
    conditions.push(within.sql);
    values.push(...within.values);
  }
  if (condition) conditions.push(condition);
  return { conditions, values };
};

/** The statement of one change. Column names come from our own projection, never from a request. */
const statementOf = ({ table, id, set = {}, add = {} }: RowChange): { sql: string; values: unknown[] } => {
  const setColumns = Object.keys(set);
  const addColumns = Object.keys(add);
  const changed = [...Object.values(set), ...Object.values(add)];
  if (!('created_at' in set)) {
    const updates = [
      ...setColumns.map((column) => `${column} = ?`),
      ...addColumns.map((column) => `${column} = ${column} + ?`),
    ];
    return {
      sql: `update gateway.activity_${table} set ${updates.join(', ')} where id = ?`,
      values: [...changed, id],
    };
  }
  const columns = ['id', ...setColumns, ...addColumns];
  const updates = [
    ...setColumns.map((column) => `${column} = excluded.${column}`),
    ...addColumns.map((column) => `${column} = activity_${table}.${column} + excluded.${column}`),
  ];
  return {
    sql: `insert into gateway.activity_${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})
      on conflict (id) do update set ${updates.join(', ')}`,
    values: [id, ...changed],
  };
};

import type { SqlPool } from '@slipway/event-store';
import type { FunctionId, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

export type Variant = Readonly<{
  functionId: FunctionId;
  serializedParams: Buffer;
  functionOptions?: Buffer;
  createdAt: Instant;
}>;

export type NewVariant = Omit<Variant, 'createdAt'> &
  Readonly<{ baseFunctionId: FunctionId; workspaceId: WorkspaceId; at: Instant }>;

type Row = Readonly<{
  function_id: string;
  serialized_params: Buffer;
  function_options: Buffer | null;
  created_at: string;
}>;

const COLUMNS =
  'variant.function_id, variant.serialized_params, variant.function_options, variant.created_at';

/** The variants of functions that were bound to parameters or options, with what they were bound to. */
export class VariantList {
  constructor(private readonly pool: SqlPool) {}

  /** Binding the same again is the same variant. */
  async add(variant: NewVariant): Promise<void> {
    const { functionId, baseFunctionId, workspaceId, serializedParams, functionOptions, at } = variant;
    await this.pool.query({
      text: `insert into gateway.function_variants
          (function_id, base_function_id, workspace_id, serialized_params, function_options, created_at)
        values ($1, $2, $3, $4, $5, $6) on conflict (function_id) do nothing`,
      values: [functionId, baseFunctionId, workspaceId, serializedParams, functionOptions ?? null, at],
    });
  }

  async has(functionId: FunctionId): Promise<boolean> {
    const { rowCount } = await this.pool.query({
      text: 'select 1 from gateway.function_variants where function_id = $1',
      values: [functionId],
    });
    return rowCount === 1;
  }

  async idsOf(baseFunctionId: FunctionId): Promise<readonly FunctionId[]> {
    const { rows } = await this.pool.query<Row>({
      text: 'select function_id from gateway.function_variants where base_function_id = $1',
      values: [baseFunctionId],
    });
    return rows.map((row) => row.function_id);
  }

  /** Those with the most containers first, then the newest. */
  busiest(baseFunctionId: FunctionId, limit: number): Promise<readonly Variant[]> {
    return this.read(
      `select ${COLUMNS} from gateway.function_variants variant
       left join (select function_id, count(*) as live from gateway.activity_tasks
         where ended_at is null
           and function_id in (select function_id from gateway.function_variants where base_function_id = $1)
         group by function_id) tasks using (function_id)
       where variant.base_function_id = $1
       order by coalesce(tasks.live, 0) desc, variant.created_at desc, variant.function_id limit $2`,
      [baseFunctionId, limit],
    );
  }

  /** Newest first, from after the mark on. */
  newest(
    baseFunctionId: FunctionId,
    limit: number,
    after?: Readonly<{ createdBefore: Instant; functionId: FunctionId }>,
  ): Promise<readonly Variant[]> {
    return this.read(
      `select ${COLUMNS} from gateway.function_variants variant where variant.base_function_id = $1
         and ($3::bigint is null or (-variant.created_at, variant.function_id) > (-$3::bigint, $4))
       order by variant.created_at desc, variant.function_id limit $2`,
      [baseFunctionId, limit, after?.createdBefore ?? null, after?.functionId ?? ''],
    );
  }

  private async read(text: string, values: unknown[]): Promise<readonly Variant[]> {
    const { rows } = await this.pool.query<Row>({ text, values });
    return rows.map((row) => ({
      functionId: row.function_id,
      serializedParams: row.serialized_params,
      ...(row.function_options === null ? {} : { functionOptions: row.function_options }),
      createdAt: Number(row.created_at),
    }));
  }
}

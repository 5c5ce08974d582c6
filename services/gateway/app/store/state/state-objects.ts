import type { SqlPool } from '@slipway/event-store';
import { refuse, RefusedError } from '@slipway/kernel';
import type { WorkspaceId } from '@slipway/contracts';

export type StateKind = 'dict' | 'queue';

export type StateObject = Readonly<{
  objectId: string;
  environment: string;
  name: string | null;
  createdBy: string;
  createdAt: number;
}>;

export type NewStateObject = Readonly<{
  objectId: string;
  workspaceId: WorkspaceId;
  environment: string;
  /** Undefined for one that lives by its heartbeats. */
  name?: string;
  createdBy: string;
  at: number;
  expiresAt?: number;
}>;

export type StateListing = Readonly<{
  workspaceId: WorkspaceId;
  environment: string;
  /** Only what was made before this moment. */
  createdBefore?: number;
  limit: number;
}>;

type Row = Readonly<{
  object_id: string;
  environment: string;
  name: string | null;
  created_by: string;
  created_at: string;
}>;

const COLUMNS = 'object_id, environment, name, created_by, created_at';

const objectOf = (row: Row): StateObject => ({
  objectId: row.object_id,
  environment: row.environment,
  name: row.name,
  createdBy: row.created_by,
  createdAt: Number(row.created_at),
});

/** The names and lives of all dicts, or of all queues. */
export class StateObjects {
  constructor(
    private readonly pool: SqlPool,
    readonly kind: StateKind,
  ) {}

  async find(workspaceId: WorkspaceId, environment: string, name: string): Promise<StateObject | undefined> {
    const { rows } = await this.pool.query<Row>({
      name: 'find-state-object',
      text: `select ${COLUMNS} from gateway.state_objects
        where workspace_id = $1 and kind = $2 and environment = $3 and name = $4 and deleted_at is null`,
      values: [workspaceId, this.kind, environment, name],
    });
    return rows[0] && objectOf(rows[0]);
  }

  /** Makes the object unless one of its name, or of its id, is there. */
  /** Whether it is new: false where its name or its id is taken. */
  async create(fresh: NewStateObject): Promise<boolean> {
    const { rowCount } = await this.pool.query({
      text: `insert into gateway.state_objects
        (object_id, kind, workspace_id, environment, name, created_by, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
      values: [
        fresh.objectId,
        this.kind,
        fresh.workspaceId,
        fresh.environment,
        fresh.name ?? null,
        fresh.createdBy,
        fresh.at,
        fresh.expiresAt ?? null,
      ],
    });
    return rowCount === 1;
  }

  /** Throws RefusedError where the workspace has no such object. */
  async get(workspaceId: WorkspaceId, objectId: string): Promise<StateObject> {
    const { rows } = await this.pool.query<Row>({
      name: 'get-state-object',
      text: `select ${COLUMNS} from gateway.state_objects
        where object_id = $1 and workspace_id = $2 and kind = $3 and deleted_at is null`,
      values: [objectId, workspaceId, this.kind],
    });
    if (rows[0] === undefined) throw this.notFound(objectId);
    return objectOf(rows[0]);
  }

  /** Lets an ephemeral object live on until `expiresAt`: also one whose time is over, while it is not swept yet. */
  async prolong(workspaceId: WorkspaceId, objectId: string, expiresAt: number): Promise<void> {
    const { rowCount } = await this.pool.query({
      text: `update gateway.state_objects set expires_at = case when expires_at is null then null else $4::bigint end
        where object_id = $1 and workspace_id = $2 and kind = $3 and deleted_at is null`,
      values: [objectId, workspaceId, this.kind, expiresAt],
    });
    if (rowCount === 0) throw this.notFound(objectId);
  }

  /** The newest first. Objects of one moment come together, so that no page begins between them. */
  async list({ workspaceId, environment, createdBefore, limit }: StateListing): Promise<StateObject[]> {
    const { rows } = await this.pool.query<Row>({
      text: `select ${COLUMNS} from gateway.state_objects
        where workspace_id = $1 and kind = $2 and environment = $3 and name is not null and deleted_at is null
          and created_at < $4 order by created_at desc fetch first $5 rows with ties`,
      values: [workspaceId, this.kind, environment, createdBefore ?? Number.MAX_SAFE_INTEGER, limit],
    });
    return rows.map(objectOf);
  }

  /** Whether there was one to delete; what it held is swept later. */
  async delete(workspaceId: WorkspaceId, objectId: string, at: number): Promise<boolean> {
    const { rowCount } = await this.pool.query({
      text: `update gateway.state_objects set deleted_at = $1
        where object_id = $2 and workspace_id = $3 and kind = $4 and deleted_at is null`,
      values: [at, objectId, workspaceId, this.kind],
    });
    return rowCount !== 0;
  }

  notFound(objectId: string): RefusedError {
    return new RefusedError(
      refuse('not-found', `${this.kind}-not-found`, `No ${this.kind} ${objectId} in this workspace.`),
    );
  }
}

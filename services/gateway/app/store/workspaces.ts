import type { MikroORM } from '@mikro-orm/postgresql';
import { isUniqueViolation } from '@slipway/event-store';
import { refuse, RefusedError } from '@slipway/kernel';
import { deterministicId } from '@slipway/protocol';
import { EnvironmentEntity, WorkspaceEntity, type WorkspaceRow } from './entities.js';

/** The name of the workspace that exists from the first start on; its owners run the site. */
export const FIRST_WORKSPACE = 'main';

const FIRST_ENVIRONMENT = 'main';

/** The workspaces of this site. */
export class Workspaces {
  constructor(private readonly orm: MikroORM) {}

  get(workspaceId: string): Promise<WorkspaceRow> {
    return this.orm.em.fork().findOneOrFail(WorkspaceEntity, { workspaceId });
  }

  /** Throws RefusedError where this site has none of the name. */
  async named(name: string): Promise<WorkspaceRow> {
    const row = await this.orm.em.fork().findOne(WorkspaceEntity, { name });
    if (row) return row;
    throw new RefusedError(
      refuse('not-found', 'workspace-not-found', `No workspace '${name}' on this site.`),
    );
  }

  list(): Promise<WorkspaceRow[]> {
    return this.orm.em.fork().findAll(WorkspaceEntity, { orderBy: { createdAt: 'asc', name: 'asc' } });
  }

  /** Makes a workspace with its first environment; one that nobody has come into yet may be made again. Throws RefusedError where the name is taken. */
  async create(name: string, createdAt: number): Promise<WorkspaceRow> {
    const workspaceId = deterministicId('ac', name);
    try {
      await this.orm.em.fork().transactional(async (em) => {
        await em.insert(WorkspaceEntity, {
          workspaceId,
          name,
          defaultEnvironment: FIRST_ENVIRONMENT,
          builderVersion: null,
          createdAt,
        });
        await em.insert(EnvironmentEntity, {
          environmentId: deterministicId('en', workspaceId, FIRST_ENVIRONMENT),
          workspaceId,
          name: FIRST_ENVIRONMENT,
          webSuffix: '',
          createdAt,
        });
      });
    } catch (error) {
      if (!isUniqueViolation(error) && !(error instanceof Error && isUniqueViolation(error.cause)))
        throw error;
      if (await this.isEntered(workspaceId))
        throw new RefusedError(
          refuse('already-exists', 'workspace-exists', `A workspace '${name}' exists on this site.`),
        );
    }
    return this.get(workspaceId);
  }

  async setDefaultEnvironment(workspaceId: string, defaultEnvironment: string): Promise<void> {
    await this.orm.em.fork().nativeUpdate(WorkspaceEntity, { workspaceId }, { defaultEnvironment });
  }

  async setBuilderVersion(workspaceId: string, builderVersion: string): Promise<void> {
    await this.orm.em.fork().nativeUpdate(WorkspaceEntity, { workspaceId }, { builderVersion });
  }

  /** Whether a token of it was ever used, or somebody came after its first owner. */
  private async isEntered(workspaceId: string): Promise<boolean> {
    const found: unknown[] = await this.orm.em.fork().execute(
      `select from gateway.tokens where workspace_id = ? and last_used_at is not null
       union all
       select from gateway.principals where workspace_id = ? and principal_id <> 'us-' || substr(workspace_id, 4)`,
      [workspaceId, workspaceId],
    );
    return found.length > 0;
  }
}

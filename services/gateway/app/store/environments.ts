import type { MikroORM } from '@mikro-orm/postgresql';
import { isUniqueViolation } from '@slipway/event-store';
import { refuse, RefusedError } from '@slipway/kernel';
import type { WorkspaceId } from '@slipway/contracts';
import { refuseName, type Caller, type EnvironmentRole } from '@slipway/gateway-core';
import { randomId } from '@slipway/protocol';
import { EnvironmentEntity, type EnvironmentRow } from './entities.js';

export type NewEnvironment = Readonly<{
  environmentId: string;
  workspaceId: WorkspaceId;
  name: string;
  memberRole?: EnvironmentRole;
}>;

export type EnvironmentChange = Readonly<{
  name?: string;
  webSuffix?: string;
  builderVersion?: string | null;
}>;

const KNOWN_MS = 10_000;

/** The environments of workspaces: the namespaces in which apps, secrets, dicts and queues have their names. */
export class Environments {
  /** Until when an environment counts as there without a look. */
  private readonly known = new Map<string, number>();

  constructor(private readonly orm: MikroORM) {}

  /** The environment that a request means; '' is the caller's own. Throws RefusedError where there is none of that name. */
  async resolve(caller: Caller, name: string): Promise<string> {
    if (name === '' || name === caller.defaultEnvironment) return caller.defaultEnvironment;
    if ((this.known.get(`${caller.workspaceId}/${name}`) ?? 0) <= Date.now())
      await this.get(caller.workspaceId, name);
    return name;
  }

  async get(workspaceId: WorkspaceId, name: string): Promise<EnvironmentRow> {
    const row = await this.orm.em.fork().findOne(EnvironmentEntity, { workspaceId, name });
    if (row === null) {
      const names = (await this.list(workspaceId)).map((environment) => environment.name);
      throw notFound(`No environment '${name}' in this workspace. There are: ${names.join(', ')}.`);
    }
    this.known.set(`${workspaceId}/${name}`, Date.now() + KNOWN_MS);
    return row;
  }

  async getById(workspaceId: WorkspaceId, environmentId: string): Promise<EnvironmentRow> {
    const row = await this.orm.em.fork().findOne(EnvironmentEntity, { workspaceId, environmentId });
    if (row === null) throw notFound(`No environment ${environmentId} in this workspace.`);
    return row;
  }

  async getOrCreate(workspaceId: WorkspaceId, name: string): Promise<EnvironmentRow> {
    await this.insert({ environmentId: randomId('en'), workspaceId, name });
    return this.get(workspaceId, name);
  }

  /** Makes an environment; the same one may be made again. Throws RefusedError where another has the name. */
  async create(fresh: NewEnvironment): Promise<void> {
    await this.insert(fresh);
    const there = await this.get(fresh.workspaceId, fresh.name);
    if (there.environmentId !== fresh.environmentId) throw taken(fresh.name);
  }

  /**
   * Changes an environment; with another name, what the gateway keeps in it comes along, and a web suffix that is its name. `moveOthers` takes along what other services
   * keep, where nothing else can refuse the name any more; asked again it must do no harm.
   */
  async update(
    workspaceId: WorkspaceId,
    name: string,
    change: EnvironmentChange,
    moveOthers: (to: string) => Promise<unknown>,
  ): Promise<EnvironmentRow> {
    const { environmentId, webSuffix } = await this.get(workspaceId, name);
    const renamed = change.name !== undefined && change.name !== name ? change.name : undefined;
    const suffix = renamed !== undefined && webSuffix === name ? { webSuffix: renamed } : {};
    try {
      await this.orm.em.fork().transactional(async (em) => {
        await em.nativeUpdate(EnvironmentEntity, { environmentId }, { ...suffix, ...change });
        if (renamed === undefined) return;
        for (const table of ['secrets', 'state_objects', 'web_routes'])
          await em.execute(
            `update gateway.${table} set environment = ? where workspace_id = ? and environment = ?`,
            [renamed, workspaceId, name],
          );
        await em.execute(
          `update gateway.workspaces set default_environment = ? where workspace_id = ? and default_environment = ?`,
          [renamed, workspaceId, name],
        );
        await moveOthers(renamed);
      });
    } catch (error) {
      if (isUniqueViolation(error) || (error instanceof Error && isUniqueViolation(error.cause)))
        throw taken(renamed ?? name);
      throw error;
    }
    this.known.delete(`${workspaceId}/${name}`);
    return this.getById(workspaceId, environmentId);
  }

  /** Removes an environment, and the secrets, dicts and queues in it. */
  async delete(workspaceId: WorkspaceId, name: string, at: number): Promise<void> {
    await this.orm.em.fork().transactional(async (em) => {
      await em.execute(`delete from gateway.secrets where workspace_id = ? and environment = ?`, [
        workspaceId,
        name,
      ]);
      await em.execute(
        `update gateway.state_objects set deleted_at = ?
         where workspace_id = ? and environment = ? and deleted_at is null`,
        [at, workspaceId, name],
      );
      await em.nativeDelete(EnvironmentEntity, { workspaceId, name });
    });
    this.known.delete(`${workspaceId}/${name}`);
  }

  list(workspaceId: WorkspaceId): Promise<EnvironmentRow[]> {
    return this.orm.em.fork().find(EnvironmentEntity, { workspaceId }, { orderBy: { name: 'asc' } });
  }

  private async insert({ memberRole, ...fresh }: NewEnvironment): Promise<void> {
    const refusal = refuseName('an environment', fresh.name);
    if (refusal) throw new RefusedError(refusal);
    const row = { ...fresh, webSuffix: fresh.name, memberRole: memberRole ?? null, createdAt: Date.now() };
    await this.orm.em.fork().upsert(EnvironmentEntity, row, {
      onConflictFields: ['workspaceId', 'name'],
      onConflictAction: 'ignore',
    });
  }
}

const notFound = (message: string): RefusedError =>
  new RefusedError(refuse('not-found', 'environment-not-found', message));

const taken = (name: string): RefusedError =>
  new RefusedError(
    refuse('already-exists', 'environment-exists', `An environment '${name}' exists in this workspace.`),
  );

import type { MikroORM } from '@mikro-orm/postgresql';
import { refuse, RefusedError } from '@slipway/kernel';
import type { WorkspaceId } from '@slipway/contracts';
import { refuseName, type Caller } from '@slipway/gateway-core';
import { deterministicId } from '@slipway/protocol';
import { EnvironmentEntity, type EnvironmentRow } from './entities.js';

/** The environments of workspaces: the namespaces in which apps and secrets have their names. */
export class Environments {
  private readonly known = new Set<string>();

  constructor(private readonly orm: MikroORM) {}

  /** The environment that a request means; '' is the caller's own. Throws RefusedError where there is none of that name. */
  async resolve(caller: Caller, name: string): Promise<string> {
    if (name === '' || name === caller.defaultEnvironment) return caller.defaultEnvironment;
    if (!this.known.has(`${caller.workspaceId}/${name}`)) await this.get(caller.workspaceId, name);
    return name;
  }

  async get(workspaceId: WorkspaceId, name: string): Promise<EnvironmentRow> {
    const row = await this.orm.em.fork().findOne(EnvironmentEntity, { workspaceId, name });
    if (row === null) {
      const names = (await this.list(workspaceId)).map((environment) => environment.name);
      throw new RefusedError(
        refuse(
          'not-found',
          'environment-not-found',
          `No environment '${name}' in this workspace. There are: ${names.join(', ')}.`,
        ),
      );
    }
    this.known.add(`${workspaceId}/${name}`);
    return row;
  }

  async getOrCreate(workspaceId: WorkspaceId, name: string): Promise<EnvironmentRow> {
    const refusal = refuseName('an environment', name);
    if (refusal) throw new RefusedError(refusal);
    await this.orm.em
      .fork()
      .upsert(
        EnvironmentEntity,
        { environmentId: deterministicId('en', workspaceId, name), workspaceId, name, createdAt: Date.now() },
        { onConflictAction: 'ignore' },
      );
    return this.get(workspaceId, name);
  }

  list(workspaceId: WorkspaceId): Promise<EnvironmentRow[]> {
    return this.orm.em.fork().find(EnvironmentEntity, { workspaceId }, { orderBy: { name: 'asc' } });
  }
}

import type { MikroORM } from '@mikro-orm/postgresql';
import { isUniqueViolation } from '@slipway/event-store';
import { refuse, RefusedError } from '@slipway/kernel';
import {
  isAmong,
  type AppId,
  type CallId,
  type EnvironmentChoice,
  type SecretId,
  type WorkspaceId,
} from '@slipway/contracts';
import { noAccessTo, refuseVariables } from '@slipway/gateway-core';
import { SecretEntity, type SecretRow } from './entities.js';
import type { SecretCipher, Variables } from './secret-cipher.js';

export type NewSecret = Readonly<{
  secretId: SecretId;
  workspaceId: WorkspaceId;
  environment: string;
  name?: string;
  appId?: string;
  /** The one call that it was made for. */
  callId?: CallId;
  variables: Variables;
  createdBy: string;
}>;

export type SecretListing = Readonly<{
  workspaceId: WorkspaceId;
  environment: string;
  createdBefore?: number;
  limit: number;
}>;

/** Undefined removes the variable. */
export type VariableChanges = Readonly<Record<string, string | undefined>>;

type OfName = Readonly<{ workspaceId: WorkspaceId; environment: string; name: string }>;

/** Secrets, encrypted at rest; values leave only by `open`. */
export class Secrets {
  constructor(
    private readonly orm: MikroORM,
    private readonly cipher: SecretCipher,
  ) {}

  async find({ workspaceId, environment, name }: OfName): Promise<SecretRow | undefined> {
    return (await this.orm.em.fork().findOne(SecretEntity, { workspaceId, environment, name })) ?? undefined;
  }

  /** Throws RefusedError where the workspace has none. */
  async get(workspaceId: WorkspaceId, secretId: string): Promise<SecretRow> {
    const row = await this.orm.em.fork().findOne(SecretEntity, { workspaceId, secretId });
    if (row === null) throw notFound(`No secret ${secretId} in this workspace.`);
    return row;
  }

  /** Makes a secret, unless one of its name or id is there; answers the one that is. Throws RefusedError for what no process can have. */
  async create(fresh: NewSecret): Promise<SecretRow> {
    const { secretId, workspaceId, environment, name, appId, callId, variables, createdBy } = fresh;
    checkVariables(variables);
    try {
      await this.orm.em.fork().insert(SecretEntity, {
        secretId,
        workspaceId,
        environment,
        name: name ?? null,
        appId: appId ?? null,
        callId: callId ?? null,
        keys: Object.keys(variables).toSorted(),
        ...this.cipher.seal(secretId, variables),
        createdBy,
        createdAt: Date.now(),
      });
    } catch (error) {
      if (!isUniqueViolation(error) && !(error instanceof Error && isUniqueViolation(error.cause)))
        throw error;
      const there = name === undefined ? undefined : await this.find({ workspaceId, environment, name });
      return there ?? this.get(workspaceId, secretId);
    }
    return this.get(workspaceId, secretId);
  }

  /** Of those without a name: what stands for their variables, by id. */
  async fingerprints(
    workspaceId: WorkspaceId,
    secretIds: readonly SecretId[],
  ): Promise<Readonly<Record<SecretId, string>>> {
    if (secretIds.length === 0) return {};
    const nameless = { workspaceId, secretId: { $in: [...secretIds] }, name: null };
    const rows = await this.orm.em.fork().find(SecretEntity, nameless);
    return Object.fromEntries(
      rows.map((row) => [
        row.secretId,
        this.cipher.fingerprint(workspaceId, this.cipher.open(row.secretId, row)),
      ]),
    );
  }

  /** Gives a secret exactly these variables; also where the key of those before is lost. */
  replace(workspaceId: WorkspaceId, secretId: string, variables: Variables): Promise<SecretRow> {
    return this.rewrite(workspaceId, secretId, () => variables);
  }

  /** Changes some variables, and keeps the others. */
  change(workspaceId: WorkspaceId, secretId: string, changes: VariableChanges): Promise<SecretRow> {
    return this.rewrite(workspaceId, secretId, (row) =>
      Object.fromEntries(
        Object.entries({ ...this.cipher.open(secretId, row), ...changes }).filter(
          (one): one is [string, string] => one[1] !== undefined,
        ),
      ),
    );
  }

  /** The newest first. Secrets of one moment come together, so that no page begins between them. */
  async list({ workspaceId, environment, createdBefore, limit }: SecretListing): Promise<SecretRow[]> {
    const em = this.orm.em.fork();
    const before = { $lt: createdBefore ?? Number.MAX_SAFE_INTEGER };
    const named = { workspaceId, environment, name: { $ne: null } };
    const newestFirst = { orderBy: { createdAt: 'desc', name: 'asc' } } as const;
    const page = await em.find(SecretEntity, { ...named, createdAt: before }, { ...newestFirst, limit });
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return page;
    const ties = await em.find(SecretEntity, { ...named, createdAt: last.createdAt }, newestFirst);
    return [...page.filter((row) => row.createdAt !== last.createdAt), ...ties];
  }

  async delete(workspaceId: WorkspaceId, secretId: string): Promise<boolean> {
    return (await this.orm.em.fork().nativeDelete(SecretEntity, { workspaceId, secretId })) > 0;
  }

  /**
   * The variables of all these secrets; of two values for one name the later secret's counts.
   * Throws RefusedError where one is not there, or not in a readable environment.
   */
  async open(
    workspaceId: WorkspaceId,
    secretIds: readonly SecretId[],
    readable: EnvironmentChoice = { allBut: [] },
  ): Promise<Variables> {
    if (secretIds.length === 0) return {};
    const em = this.orm.em.fork();
    const rows = await em.find(SecretEntity, { workspaceId, secretId: { $in: [...secretIds] } });
    const byId = new Map(rows.map((row) => [row.secretId, row]));
    const variables: Record<string, string> = {};
    for (const secretId of secretIds) {
      const row = byId.get(secretId);
      if (row === undefined) throw notFound(`The secret ${secretId} does not exist any more.`);
      if (!isAmong(row.environment, readable)) throw new RefusedError(noAccessTo(row.environment));
      Object.assign(variables, this.cipher.open(secretId, row));
    }
    await em.execute(`update gateway.secrets set last_used_at = ? where secret_id in (${IN_ORDER})`, [
      Date.now(),
      workspaceId,
      JSON.stringify([...byId.keys()]),
    ]);
    return variables;
  }

  /**
   * Before secrets are given to an app's function, or to the call of a sandbox: as long as that goes on, those among them stay that have
   * no name and were made for no app. What is given to a build is opened soon, and stays for as long as an unused one does.
   */
  async noteUse(
    workspaceId: WorkspaceId,
    secretIds: readonly string[],
    usedBy?: AppId | CallId,
  ): Promise<void> {
    if (secretIds.length === 0) return;
    const at = Date.now();
    await this.orm.em.fork().execute(
      `with used as (
         update gateway.secrets set last_used_at = ?
         where secret_id in (${IN_ORDER})
           and name is null and app_id = '' and call_id is null
         returning secret_id)
       insert into gateway.secret_uses (secret_id, used_by, used_at)
         select secret_id, user_id, ?::bigint from used, (select ?::text as user_id) users where user_id is not null
         on conflict (secret_id, used_by) do update set used_at = excluded.used_at`,
      [at, workspaceId, JSON.stringify(secretIds), at, usedBy ?? null],
    );
  }

  /** Under a lock on the row, so that two changes at once both count. */
  private rewrite(
    workspaceId: WorkspaceId,
    secretId: string,
    next: (row: SecretRow) => Variables,
  ): Promise<SecretRow> {
    return this.orm.em.fork().transactional(async (em) => {
      await em.execute(`select from gateway.secrets where workspace_id = ? and secret_id = ? for update`, [
        workspaceId,
        secretId,
      ]);
      const row = await em.findOne(SecretEntity, { workspaceId, secretId });
      if (row === null) throw notFound(`No secret ${secretId} in this workspace.`);
      const variables = next(row);
      checkVariables(variables);
      Object.assign(row, {
        keys: Object.keys(variables).toSorted(),
        ...this.cipher.seal(secretId, variables),
      });
      return row;
    });
  }
}

/** Of these secrets of a workspace, under locks that all take in one order: nobody waits for who waits for him. */
const IN_ORDER = `select secret_id from gateway.secrets
  where workspace_id = ? and secret_id in (select json_array_elements_text(?::json))
  order by secret_id for no key update`;

const checkVariables = (variables: Variables): void => {
  const refusal = refuseVariables(variables);
  if (refusal) throw new RefusedError(refusal);
};

const notFound = (message: string): RefusedError =>
  new RefusedError(refuse('not-found', 'secret-not-found', message));

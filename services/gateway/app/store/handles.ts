import type { MikroORM } from '@mikro-orm/postgresql';
import type { AppId, ClassId, Digest, FunctionId, WorkspaceId } from '@slipway/contracts';
import {
  ClassHandleEntity,
  FunctionHandleEntity,
  type ClassHandleRow,
  type FunctionHandleRow,
} from './entities.js';

export type NewFunctionHandle = Readonly<{
  functionId: FunctionId;
  definitionDigest: Digest;
  workspaceId: WorkspaceId;
  appId: AppId;
  tag: string;
  metadata: Buffer;
  dependencyIds: readonly string[];
}>;

export type NewClassHandle = Readonly<{
  classId: ClassId;
  workspaceId: WorkspaceId;
  appId: AppId;
  tag?: string;
  functionId?: FunctionId;
}>;

export type DefinedHandle = Readonly<{ functionId: FunctionId; definitionDigest: Digest }>;

/** Stands for the digest in rows from before a function had several definitions. */
const WRITTEN_EARLIER = '';

/** What clients and containers are told of functions and classes, by id. */
export class Handles {
  constructor(private readonly orm: MikroORM) {}

  async putFunction(handle: NewFunctionHandle): Promise<void> {
    await this.orm.em
      .fork()
      .upsert(FunctionHandleEntity, { ...handle, dependencyIds: [...handle.dependencyIds] });
  }

  async putClass(handle: NewClassHandle): Promise<void> {
    await this.orm.em.fork().upsert(ClassHandleEntity, handle);
  }

  /** The handle of each of these functions as the named definition has it, by function. */
  async functions(
    workspaceId: WorkspaceId,
    wanted: readonly DefinedHandle[],
  ): Promise<ReadonlyMap<FunctionId, FunctionHandleRow>> {
    const digestOf = new Map(
      wanted.map(({ functionId, definitionDigest }) => [functionId, definitionDigest]),
    );
    const rows = await this.orm.em.fork().find(FunctionHandleEntity, {
      workspaceId,
      functionId: { $in: [...digestOf.keys()] },
      definitionDigest: { $in: [...new Set([...digestOf.values(), WRITTEN_EARLIER])] },
    });
    const found = new Map<FunctionId, FunctionHandleRow>();
    for (const row of rows) {
      const isExact = row.definitionDigest === digestOf.get(row.functionId);
      if (isExact || (row.definitionDigest === WRITTEN_EARLIER && !found.has(row.functionId)))
        found.set(row.functionId, row);
    }
    return found;
  }

  classes(workspaceId: WorkspaceId, classIds: readonly string[]): Promise<ClassHandleRow[]> {
    return this.orm.em.fork().find(ClassHandleEntity, { workspaceId, classId: { $in: [...classIds] } });
  }
}

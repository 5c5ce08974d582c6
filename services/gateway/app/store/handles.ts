import type { MikroORM } from '@mikro-orm/postgresql';
import type { AppId, ClassId, FunctionId, WorkspaceId } from '@slipway/contracts';
import {
  ClassHandleEntity,
  FunctionHandleEntity,
  type ClassHandleRow,
  type FunctionHandleRow,
} from './entities.js';

export type NewFunctionHandle = Readonly<{
  functionId: FunctionId;
  workspaceId: WorkspaceId;
  appId: AppId;
  tag: string;
  bound: boolean;
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

  functionsOf(workspaceId: WorkspaceId, appId: AppId): Promise<FunctionHandleRow[]> {
    return this.orm.em.fork().find(FunctionHandleEntity, { workspaceId, appId });
  }

  classesOf(workspaceId: WorkspaceId, appId: AppId): Promise<ClassHandleRow[]> {
    return this.orm.em.fork().find(ClassHandleEntity, { workspaceId, appId });
  }

  functions(workspaceId: WorkspaceId, functionIds: readonly string[]): Promise<FunctionHandleRow[]> {
    return this.orm.em
      .fork()
      .find(FunctionHandleEntity, { workspaceId, functionId: { $in: [...functionIds] } });
  }

  classes(workspaceId: WorkspaceId, classIds: readonly string[]): Promise<ClassHandleRow[]> {
    return this.orm.em.fork().find(ClassHandleEntity, { workspaceId, classId: { $in: [...classIds] } });
  }
}

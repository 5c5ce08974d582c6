import type { Instant } from '@slipway/kernel';
import type { AppId, ClassId, Digest, FunctionId, WorkspaceId } from './ids.js';
import type { FunctionOverrides, FunctionSpec } from './function-spec.js';

export type AppLifetime = 'ephemeral' | 'detached' | 'deployed';

export type CreateApp = Readonly<{
  appId: AppId;
  workspaceId: WorkspaceId;
  environment: string;
  description: string;
  lifetime: AppLifetime;
  /** The deployment name; an app that is being deployed has one from the start. */
  name?: string;
  tags?: Readonly<Record<string, string>>;
}>;

export type PublishApp = Readonly<{
  appId: AppId;
  workspaceId: WorkspaceId;
  name: string;
  lifetime: AppLifetime;
  functionIds: Readonly<Record<string, FunctionId>>;
  classIds: Readonly<Record<string, ClassId>>;
  /** Definition id by object id, as the client names them. */
  definitionIds: Readonly<Record<string, string>>;
  tags?: Readonly<Record<string, string>>;
  deploymentTag?: string;
  clientVersion?: string;
}>;

export type AppPublished = Readonly<{ version: number; deployedAt: Instant }>;

export type AppView = Readonly<{
  appId: AppId;
  workspaceId: WorkspaceId;
  environment: string;
  description: string;
  name?: string;
  lifetime: AppLifetime;
  state: 'created' | 'running' | 'stopping' | 'stopped';
  createdAt: Instant;
  stoppedAt?: Instant;
  version: number;
  deployedAt?: Instant;
  functionIds: Readonly<Record<string, FunctionId>>;
  classIds: Readonly<Record<string, ClassId>>;
  tags: Readonly<Record<string, string>>;
  runningTasks: number;
}>;

export type CreateFunction = Readonly<{
  functionId: FunctionId;
  appId: AppId;
  workspaceId: WorkspaceId;
  spec: FunctionSpec;
  /** The definition as the client sent it, kept in the blob-store. */
  definitionDigest: Digest;
}>;

export type BindFunction = Readonly<{
  functionId: FunctionId;
  boundFunctionId: FunctionId;
  workspaceId: WorkspaceId;
  /** base64 */
  serializedParams?: string;
  overrides: FunctionOverrides;
}>;

export type CreateClass = Readonly<{
  classId: ClassId;
  appId: AppId;
  workspaceId: WorkspaceId;
  tag: string;
  functionId: FunctionId;
}>;

export type FunctionView = Readonly<{
  functionId: FunctionId;
  appId: AppId;
  workspaceId: WorkspaceId;
  environment: string;
  spec: FunctionSpec;
  definitionDigest: Digest;
  baseFunctionId?: FunctionId;
  serializedParams?: string;
}>;

export type ClassView = Readonly<{
  classId: ClassId;
  appId: AppId;
  tag: string;
  functionId: FunctionId;
}>;

export type FunctionStats = Readonly<{
  backlog: number;
  runningInputs: number;
  tasks: number;
  inputHeadroom: number;
}>;

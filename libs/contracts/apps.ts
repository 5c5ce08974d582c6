import type { Instant } from '@slipway/kernel';
import type { CommitInfo } from './deployments.js';
import type { AppId, ClassId, DefinitionId, Digest, FunctionId, WorkspaceId } from './ids.js';
import type { AutoscalerSettings, FunctionOverrides, FunctionSpec } from './function-spec.js';

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
  createdBy?: string;
}>;

/** What a client has defined becomes a version of its app: the one that serves, or a staged one that may serve later. */
export type PublishApp = Readonly<{
  appId: AppId;
  workspaceId: WorkspaceId;
  /** The same for every attempt of one request: a version is made once. */
  deploymentId?: string;
  /** '': as before. */
  name: string;
  /** Left out: as before. */
  lifetime?: AppLifetime;
  functionIds: Readonly<Record<string, FunctionId>>;
  /** Classes by tag; the function of class `C` is the one named `C.*`. */
  classIds: Readonly<Record<string, ClassId>>;
  /** Definition by function; of a function that is not named here, or named with '', the newest one. */
  definitionIds: Readonly<Record<FunctionId, DefinitionId>>;
  tags?: Readonly<Record<string, string>>;
  deploymentTag?: string;
  commit?: CommitInfo;
  clientVersion?: string;
  deployedBy?: string;
  staged?: boolean;
}>;

/** `changed` is false when the app serves exactly this already: no version was made. */
export type AppPublished = Readonly<{ version: number; deployedAt: Instant; changed: boolean }>;

export type AppView = Readonly<{
  appId: AppId;
  workspaceId: WorkspaceId;
  environment: string;
  description: string;
  name?: string;
  lifetime: AppLifetime;
  state: 'created' | 'running' | 'stopping' | 'stopped';
  createdAt: Instant;
  createdBy?: string;
  stoppedAt?: Instant;
  stoppedBy?: string;
  /** The version that serves; 0 before the first. */
  version: number;
  deployedAt?: Instant;
  deployedBy?: string;
  functionIds: Readonly<Record<string, FunctionId>>;
  classIds: Readonly<Record<string, ClassId>>;
  tags: Readonly<Record<string, string>>;
  runningTasks: number;
}>;

export type CreateFunction = Readonly<{
  functionId: FunctionId;
  appId: AppId;
  workspaceId: WorkspaceId;
  /** Follows from all below; of an older client's definition, its digest. */
  definitionId?: DefinitionId;
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
  /** The variant keeps to this version of its app, whichever one serves. */
  pinnedVersion?: number;
}>;

/** A setting that was changed at run time: until the next deployment it counts in place of the definition's. */
export type AutoscalerOverride = Readonly<{ at: Instant; byId: string; byName: string }>;

export type FunctionView = Readonly<{
  /** The autoscaler's settings as they were deployed; those of `spec` have what was changed since worked in. */
  deployedAutoscaler: AutoscalerSettings;
  overrides: Readonly<Partial<Record<keyof AutoscalerSettings, AutoscalerOverride>>>;
  functionId: FunctionId;
  appId: AppId;
  workspaceId: WorkspaceId;
  environment: string;
  spec: FunctionSpec;
  definitionId: DefinitionId;
  definitionDigest: Digest;
  baseFunctionId?: FunctionId;
  serializedParams?: string;
  pinnedVersion?: number;
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

import type { Instant } from '@slipway/kernel';
import type { AppId, ClassId, DefinitionId, FunctionId, WorkspaceId } from './ids.js';

/** How a version came about. A staged one serves nothing until it is promoted, which makes another version. */
export type DeploymentKind = 'standard' | 'rollback' | 'rollover' | 'promotion' | 'staged';

/** The state of the source code from which a version was deployed. */
export type CommitInfo = Readonly<{
  vcs: string;
  branch: string;
  commitHash: string;
  /** Seconds since 1970. */
  commitTimestamp: number;
  dirty: boolean;
  authorName: string;
  authorEmail: string;
  repoUrl: string;
}>;

/** Makes a new version of one that there is: an earlier one, a staged one, or, with new containers, the one that serves. */
export type RedeployApp = Readonly<{
  appId: AppId;
  workspaceId: WorkspaceId;
  deploymentId: string;
  deployedBy?: string;
}> &
  Readonly<
    | { kind: 'rollback'; /** -1: the one before. */ version: number }
    | { kind: 'promotion'; version: number }
    | { kind: 'rollover' }
  >;

export type AppVersionView = Readonly<{
  version: number;
  kind: DeploymentKind;
  /** Of a rollback or promotion: the version that it made serve. */
  sourceVersion?: number;
  /** Whether it is the one that serves. */
  serves: boolean;
  deployedAt: Instant;
  deployedBy?: string;
  clientVersion?: string;
  deploymentTag?: string;
  commit?: CommitInfo;
  tags: Readonly<Record<string, string>>;
  functionIds: Readonly<Record<string, FunctionId>>;
  classIds: Readonly<Record<string, ClassId>>;
  definitionIds: Readonly<Record<FunctionId, DefinitionId>>;
}>;

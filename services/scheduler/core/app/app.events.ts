import type { AppId, ClassId, CreateApp, DeploymentKind, FunctionId, PublishApp } from '@slipway/contracts';
import type { Layout } from './app-version.js';

export type AppCreated = { type: 'app-created'; data: CreateApp };

type Versioned = PublishApp &
  Readonly<{
    version: number;
    /** Left out in events from before there were several: a standard one. */
    kind?: DeploymentKind;
    sourceVersion?: number;
    /** Left out in events from before classes belonged to versions. */
    classes?: Layout['classes'];
  }>;

/** A version serves from now on. */
export type AppPublished = { type: 'app-published'; data: Versioned };
/** A version was made that serves nothing yet. */
export type VersionStaged = { type: 'version-staged'; data: Versioned };
/** Written before classes belonged to versions. */
export type ClassCreated = {
  type: 'class-created';
  data: { appId: AppId; classId: ClassId; tag: string; functionId: FunctionId };
};
/** It is to stay, though it serves nothing yet. */
export type AppKept = { type: 'app-kept'; data: { appId: AppId } };
export type AppTagged = {
  type: 'app-tagged';
  data: { appId: AppId; tags: Readonly<Record<string, string>> };
};
export type AppStopRequested = {
  type: 'app-stop-requested';
  data: { appId: AppId; reason: string; stoppedBy?: string };
};
export type AppStopped = { type: 'app-stopped'; data: { appId: AppId; reason: string } };

export type AppEvent =
  | AppCreated
  | AppKept
  | AppPublished
  | VersionStaged
  | ClassCreated
  | AppTagged
  | AppStopRequested
  | AppStopped;

import type { Principal, RolesByEnvironment } from './principal.js';
import type { AppId, FunctionId, TaskId, WorkspaceId } from '@slipway/contracts';

/** Who asks: a person or program with a token, or code inside one of our containers. */
export type Caller = RolesByEnvironment &
  Readonly<
    | {
        kind: 'token';
        tokenId: string;
        workspaceId: WorkspaceId;
        workspaceName: string;
        /** Where an object without an environment is looked for. */
        defaultEnvironment: string;
        principal: Principal;
      }
    | {
        kind: 'task';
        taskId: TaskId;
        workspaceId: WorkspaceId;
        appId: AppId;
        functionId: FunctionId;
        /** Its own. */
        defaultEnvironment: string;
        /** Where its host passes its uploads and downloads on: all of the blob-store that it reaches. */
        blobStoreUrl: string;
      }
  >;

/** The part of an id that keeps two callers with the same idempotency key apart. */
export const callerKey = (caller: Caller): string =>
  caller.kind === 'token' ? caller.tokenId : caller.taskId;

/** Where a caller reaches the blob-store; `publicUrl` is for those outside of containers. */
export const blobStoreUrlOf = (caller: Caller, publicUrl: string): string =>
  caller.kind === 'task' ? caller.blobStoreUrl : publicUrl;

/** Who made an object, as lists show it. */
export const callerName = (caller: Caller): string =>
  caller.kind === 'token' ? caller.principal.name : caller.taskId;

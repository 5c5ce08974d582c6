import type { Brand } from '@slipway/kernel';

export type WorkspaceId = Brand<'workspace'>;
/** The platform's own mounts are here, and all workspaces may use them. */
export const RUNTIME_WORKSPACE = 'ws-runtime' as WorkspaceId;
export type AppId = Brand<'app'>;
export type FunctionId = Brand<'function'>;
export type ClassId = Brand<'class'>;
/** One definition of a function: equal code, resources and policies have one id. */
export type DefinitionId = Brand<'definition'>;
export type CallId = Brand<'call'>;
export type InputId = Brand<'input'>;
export type TaskId = Brand<'task'>;
export type WorkerId = Brand<'worker'>;
export type ImageId = Brand<'image'>;
export type MountId = Brand<'mount'>;
export type SecretId = Brand<'secret'>;
export type VolumeId = Brand<'volume'>;
export type BlobId = Brand<'blob'>;
/** sha256 of the bytes, 64 lower-case hex digits. */
export type Digest = Brand<'digest'>;

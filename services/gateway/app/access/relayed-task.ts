import { timingSafeEqual } from 'node:crypto';
import type { AppId, FunctionId, TaskId, WorkspaceId } from '@slipway/contracts';
import type { Caller, RolesByEnvironment } from '@slipway/gateway-core';
import type { HeaderLookup } from '@slipway/protocol';

type TaskHeader = Readonly<{
  taskId: TaskId;
  workspaceId: WorkspaceId;
  environment: string;
  appId: AppId;
  functionId: FunctionId;
  blobStoreUrl: string;
}>;

/** What is known of a container by its worker; its roles elsewhere are not. */
export type RelayedTask = Omit<Extract<Caller, { kind: 'task' }>, keyof RolesByEnvironment>;

const sameText = (shown: string, wanted: string): boolean => {
  const [left, right] = [Buffer.from(shown), Buffer.from(wanted)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/**
 * Who asks when a worker passes on a container's call: the task that the worker names.
 * The internal key proves the worker; without it these headers mean nothing.
 */
export const readRelayedTask = (header: HeaderLookup, internalKey: string): RelayedTask | undefined => {
  const key = header('x-slipway-internal-key');
  const task = header('x-slipway-task');
  if (key === undefined || task === undefined || !sameText(key, internalKey)) return undefined;
  const { environment, ...rest } = JSON.parse(Buffer.from(task, 'base64').toString()) as TaskHeader;
  return { kind: 'task', ...rest, defaultEnvironment: environment };
};

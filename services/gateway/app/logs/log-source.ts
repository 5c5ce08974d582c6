import {
  appDoneSubject,
  logSubjects,
  type AppId,
  type AppView,
  type FunctionId,
  type WorkspaceId,
} from '@slipway/contracts';
import { refuse, RefusedError } from '@slipway/kernel';
import type { LogFilter } from '@slipway/gateway-core';
import type { Bus } from '@slipway/messaging';

/** Part of an app's log: where it lies, and what of it is wanted. */
export type LogSource = Readonly<{ app: AppView; subject: string; filter: LogFilter }>;

/** A part of a log ends with the app's, whose last message lies beside it. */
export const subjectsToFollow = ({ app: { appId }, subject }: LogSource): readonly string[] =>
  subject === logSubjects(appId) ? [subject] : [subject, appDoneSubject(appId)];

const ID = /^[A-Za-z0-9-]{1,64}$/;

/** Finds what a reader asks for. Throws RefusedError for an app, or a function, that the workspace does not have. */
export const findLogSource = async (
  bus: Bus,
  workspaceId: WorkspaceId,
  appId: AppId,
  filter: LogFilter,
): Promise<LogSource> => {
  const app = await bus.request('scheduler.get-app', { workspaceId, appId });
  const { functionId, taskId } = filter;
  if (taskId !== undefined && !ID.test(taskId))
    throw new RefusedError(
      refuse('invalid', 'container-id-wrong', `'${taskId}' is no id of a container, such as ta-01J…`),
    );
  if (functionId === undefined)
    return { app, filter, subject: logSubjects(appId, taskId === undefined ? {} : { taskId }) };
  const baseFunctionId = await baseOf(bus, workspaceId, functionId);
  return {
    app,
    filter,
    subject: logSubjects(appId, { baseFunctionId, ...(taskId === undefined ? {} : { taskId }) }),
  };
};

const baseOf = async (bus: Bus, workspaceId: WorkspaceId, functionId: FunctionId): Promise<FunctionId> => {
  const fn = await bus.request('scheduler.get-function', { workspaceId, functionId });
  return fn.baseFunctionId ?? fn.functionId;
};

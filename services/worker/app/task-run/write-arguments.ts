import { writeFile } from 'node:fs/promises';
import type { TaskAssignment } from '@slipway/contracts';
import { ContainerArguments } from '@slipway/protocol';
import { definitionForContainer } from './definition-for-container.js';
import type { Parts } from './gather-parts.js';

/** The file in which the client's runtime reads what it is to run. */
export const writeArguments = async (
  file: string,
  task: TaskAssignment,
  parts: Parts,
  runtime: string,
): Promise<void> => {
  const message = ContainerArguments.fromPartial({
    taskId: task.taskId,
    functionId: task.functionId,
    appId: task.appId,
    functionDef: definitionForContainer(parts.definition, task),
    appLayout: parts.appLayout,
    environmentName: task.environment,
    runtime: runtime === 'runsc' ? 'gvisor' : 'runc',
    ...(task.serializedParams !== undefined && {
      serializedParams: Buffer.from(task.serializedParams, 'base64'),
    }),
  });
  await writeFile(file, ContainerArguments.encode(message).finish(), { mode: 0o644 });
};

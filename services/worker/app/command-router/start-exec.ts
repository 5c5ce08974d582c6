import type { Bus } from '@slipway/messaging';
import {
  TaskExecStderrConfig,
  TaskExecStdoutConfig,
  type PTYInfo,
  type TaskExecStartRequest,
} from '@slipway/protocol';
import type { Environment, Terminal } from '@slipway/worker-core';
import type { StartExec } from '../exec/container-execs.js';
import type { Admitted } from './admitted.js';

/** What a client asks for, with the secrets that it names opened. */
export const readStartExec = async (
  bus: Pick<Bus, 'request'>,
  admitted: Admitted,
  request: TaskExecStartRequest,
): Promise<StartExec> => ({
  execId: request.execId,
  args: request.commandArgs,
  env: await readEnvironment(bus, admitted, request),
  ...(request.workdir && { cwd: request.workdir }),
  ...(request.timeoutSecs && { timeoutMs: request.timeoutSecs * 1000 }),
  ...(request.ptyInfo && { terminal: readTerminal(request.ptyInfo) }),
  stdout: request.stdoutConfig === TaskExecStdoutConfig.PIPE ? 'pipe' : 'discard',
  stderr: STDERR[request.stderrConfig],
});

const STDERR: Readonly<Record<TaskExecStderrConfig, StartExec['stderr']>> = {
  [TaskExecStderrConfig.DEVNULL]: 'discard',
  [TaskExecStderrConfig.PIPE]: 'pipe',
  [TaskExecStderrConfig.STDOUT]: 'stdout',
};

/** Sources in their order, later ones winning; clients that know no sources send ids and variables apart. */
const readEnvironment = async (
  bus: Pick<Bus, 'request'>,
  { workspaceId, readable }: Admitted,
  { secretSources, secretIds, env }: TaskExecStartRequest,
): Promise<Environment> => {
  const open = async (ids: readonly string[]): Promise<Environment> =>
    ids.length === 0
      ? {}
      : (await bus.request('gateway.open-secrets', { workspaceId, secretIds: ids, readable })).env;
  if (secretSources.length === 0) return { ...(await open(secretIds)), ...env };
  const opened = await Promise.all(
    secretSources.map(async ({ source }) =>
      source?.$case === 'secretId' ? open([source.value]) : (source?.value.contents ?? {}),
    ),
  );
  return Object.assign({}, ...opened) as Environment;
};

const SMALLEST = { rows: 24, columns: 80 };

const readTerminal = (info: PTYInfo): Terminal => ({
  rows: info.winszRows || SMALLEST.rows,
  columns: info.winszCols || SMALLEST.columns,
  env: {
    TERM: info.envTerm || 'xterm-256color',
    ...(info.envColorterm && { COLORTERM: info.envColorterm }),
    ...(info.envTermProgram && { TERM_PROGRAM: info.envTermProgram }),
  },
});

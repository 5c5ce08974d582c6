import { setTimeout as pause } from 'node:timers/promises';
import { refuse, RefusedError } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import {
  TaskExecPollResponse,
  TaskExecStartResponse,
  TaskExecStdinStatusResponse,
  TaskExecStdinWriteResponse,
  TaskExecStdinWriteStreamResponse,
  TaskExecStdioFileDescriptor,
  TaskExecStdioReadResponse,
  TaskExecWaitResponse,
  type TaskExecPollRequest,
  type TaskExecStartRequest,
  type TaskExecStdinStatusRequest,
  type TaskExecStdinWriteRequest,
  type TaskExecStdinWriteStreamRequest,
  type TaskExecStdioReadRequest,
  type TaskExecWaitRequest,
} from '@slipway/protocol';
import type { ContainerExecs, Exec } from '../exec/container-execs.js';
import type { TaskRuns } from '../task-run/task-runs.js';
import type { Admitted } from './admitted.js';
import { readStartExec } from './start-exec.js';

/** Clients give a question for the exit code 60 s, and then ask again. */
const WAIT_MS = 50_000;
const OVER = Symbol('the wait is over');

type OfExec = Readonly<{ taskId: string; execId: string }>;

/** The commands of clients in one container. All are safe to ask twice. */
export const execRpcs = (bus: Bus, tasks: TaskRuns, admitted: Admitted) => {
  const { taskId } = admitted;
  const execsOf = (asked: string): ContainerExecs => {
    const execs = asked === taskId ? tasks.find(taskId)?.execs : undefined;
    if (execs === undefined)
      throw new RefusedError(
        refuse(
          'not-found',
          'container-not-found',
          `the container ${asked} is not running: it has ended, or has not started yet`,
        ),
      );
    return execs;
  };
  const find = ({ taskId: asked, execId }: OfExec): Promise<Exec> => execsOf(asked).find(execId);

  return {
    async taskExecStart(request: TaskExecStartRequest) {
      if (request.containerId !== '')
        throw new RefusedError(
          refuse(
            'unsupported',
            'no-sidecars',
            `container_id is '${request.containerId}', but this server has no sidecars`,
          ),
        );
      const execs = execsOf(request.taskId);
      await execs.start(await readStartExec(bus, admitted, request));
      return TaskExecStartResponse.create();
    },

    async *taskExecStdioRead(request: TaskExecStdioReadRequest, gone: AbortSignal) {
      const exec = await find(request);
      const isError = request.fileDescriptor === TaskExecStdioFileDescriptor.STDERR;
      const output = isError ? exec.stderr : exec.stdout;
      for await (const data of output.from(request.offset, gone))
        yield TaskExecStdioReadResponse.fromPartial({ data });
    },

    async taskExecStdinWrite(request: TaskExecStdinWriteRequest) {
      const { stdin } = await find(request);
      await stdin.write(request.offset, request.data);
      if (request.eof) await stdin.close();
      return TaskExecStdinWriteResponse.create();
    },

    /** Only an explicit end closes the input: a stream that breaks off is begun again where it was. */
    async taskExecStdinWriteStream(requests: AsyncIterable<TaskExecStdinWriteStreamRequest>) {
      let target: Exec['stdin'] | undefined;
      let offset = 0;
      for await (const { payload } of requests) {
        if (payload?.$case === 'start') {
          ({ stdin: target } = await find(payload.value));
          ({ offset } = payload.value);
        } else if (payload?.$case === 'data' && target !== undefined) {
          await target.write(offset, payload.value);
          offset += payload.value.length;
        } else if (payload?.$case === 'end') await target?.close();
      }
      return TaskExecStdinWriteStreamResponse.create();
    },

    async taskExecStdinStatus(request: TaskExecStdinStatusRequest) {
      const { bytesWritten, closed } = (await find(request)).stdin.status;
      return TaskExecStdinStatusResponse.fromPartial({ numBytesWritten: bytesWritten, closed });
    },

    /** Some clients end when they have the exit code, so those who read the output have all of it before. */
    async taskExecWait(request: TaskExecWaitRequest) {
      const exec = await find(request);
      const timer = new AbortController();
      const over = pause(WAIT_MS, OVER, { signal: timer.signal }).catch(() => OVER);
      const code = await Promise.race([exec.exited, over]);
      timer.abort();
      if (typeof code !== 'number')
        throw new RefusedError(refuse('unavailable', 'still-running', 'the program still runs; ask again'));
      await Promise.all([exec.stdout.taken(), exec.stderr.taken()]);
      exec.noteTold();
      return TaskExecWaitResponse.fromPartial({ exitStatus: { $case: 'code', value: code } });
    },

    async taskExecPoll(request: TaskExecPollRequest) {
      const exec = await find(request);
      const code = exec.ended();
      if (code !== undefined) exec.noteTold();
      return TaskExecPollResponse.fromPartial(
        code === undefined ? {} : { exitStatus: { $case: 'code', value: code } },
      );
    },
  };
};

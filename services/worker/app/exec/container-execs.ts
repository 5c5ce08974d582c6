import { join } from 'node:path';
import { refuse, RefusedError } from '@slipway/kernel';
import { execProcess, type ExecPlan, type OciProcess } from '@slipway/worker-core';
import type { ContainerRuntime, RunningExec } from '../runtime/container-runtime.js';
import { ExecInput } from './exec-input.js';
import { ExecOutput } from './exec-output.js';

export type Exec = Readonly<{
  stdout: ExecOutput;
  stderr: ExecOutput;
  stdin: ExecInput;
  exited: Promise<number>;
  /** Its exit code once it has ended. */
  ended: () => number | undefined;
}>;

export type StartExec = ExecPlan &
  Readonly<{
    execId: string;
    timeoutMs?: number;
    stdout: 'pipe' | 'discard';
    stderr: 'pipe' | 'discard' | 'stdout';
  }>;

const EXEC_ID = /^[A-Za-z0-9-]{1,64}$/;
/** Of those that run at a time, and of those that have ended and can still be asked for their ends. */
const MOST_RUNNING = 100;
const MOST_ENDED = 100;

/** The programs that were started beside a container's own. They end with the container. */
export class ContainerExecs {
  private readonly execs = new Map<string, Promise<Exec>>();
  /** Oldest first. */
  private readonly endedIds: string[] = [];

  constructor(
    private readonly runtime: ContainerRuntime,
    private readonly container: Readonly<{ id: string; folder: string; process: OciProcess }>,
  ) {}

  /** A start that comes twice is one. */
  async start(plan: StartExec): Promise<void> {
    const known = this.execs.get(plan.execId);
    if (known !== undefined) return void (await known);
    checkPlan(plan);
    if (this.execs.size - this.endedIds.length >= MOST_RUNNING)
      throw new RefusedError(
        refuse(
          'exhausted',
          'too-many-execs',
          `${MOST_RUNNING} programs run in this container beside its own; wait until one has ended`,
        ),
      );
    const starting = this.startNow(plan);
    this.execs.set(plan.execId, starting);
    starting.catch(() => this.execs.delete(plan.execId));
    await starting;
  }

  async find(execId: string): Promise<Exec> {
    const exec = await this.execs.get(execId);
    if (exec === undefined)
      throw new RefusedError(
        refuse('not-found', 'exec-not-found', `no program ${execId} was started in ${this.container.id}`),
      );
    return exec;
  }

  private async startNow(plan: StartExec): Promise<Exec> {
    const { id, folder, process } = this.container;
    const file = join(folder, `exec-${plan.execId}.json`);
    const running = await this.runtime.exec(id, file, execProcess(process, plan));
    limitTime(running, plan.timeoutMs);
    let exitCode: number | undefined;
    void running.exited
      .then((code) => (exitCode = code))
      .catch(() => undefined)
      .finally(() => this.noteEnd(plan.execId));
    return {
      ...outputsOf(running, plan),
      stdin: new ExecInput(running.stdin),
      exited: running.exited,
      ended: () => exitCode,
    };
  }

  private noteEnd(execId: string): void {
    this.endedIds.push(execId);
    const oldest = this.endedIds.length > MOST_ENDED ? this.endedIds.shift() : undefined;
    if (oldest !== undefined) this.execs.delete(oldest);
  }
}

const outputsOf = (running: RunningExec, { stdout, stderr }: StartExec): Pick<Exec, 'stdout' | 'stderr'> => {
  if (stdout === 'discard') running.stdout.resume();
  if (stderr === 'discard') running.stderr.resume();
  const out = stdout === 'pipe' ? [running.stdout] : [];
  return stderr === 'stdout'
    ? { stdout: new ExecOutput([...out, running.stderr]), stderr: new ExecOutput([]) }
    : { stdout: new ExecOutput(out), stderr: new ExecOutput(stderr === 'pipe' ? [running.stderr] : []) };
};

const limitTime = (running: RunningExec, timeoutMs: number | undefined): void => {
  if (timeoutMs === undefined) return;
  const timer = setTimeout(() => void running.kill(), timeoutMs);
  const stop = (): void => clearTimeout(timer);
  running.exited.then(stop, stop);
};

const checkPlan = ({ execId, args }: StartExec): void => {
  if (!EXEC_ID.test(execId))
    throw new RefusedError(
      refuse(
        'invalid',
        'exec-id-wrong',
        `exec_id is '${execId}', but must be at most 64 letters, digits and hyphens`,
      ),
    );
  if (args.length === 0)
    throw new RefusedError(
      refuse('invalid', 'command-missing', 'command_args is empty, but must name a program'),
    );
};

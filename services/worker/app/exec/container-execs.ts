import { join } from 'node:path';
import { refuse, RefusedError } from '@slipway/kernel';
import { endedToForget, execProcess, type ExecPlan, type OciProcess } from '@slipway/worker-core';
import type { ContainerRuntime, RunningExec } from '../runtime/container-runtime.js';
import { ExecInput } from './exec-input.js';
import type { ExecOutput } from './exec-output.js';
import { execOutputs, type WantedOutputs } from './exec-outputs.js';
import { SpillFile, SpillRoom } from './spill-file.js';

export type Exec = Readonly<{
  stdout: ExecOutput;
  stderr: ExecOutput;
  stdin: ExecInput;
  exited: Promise<number>;
  /** Its exit code once it has ended. */
  ended: () => number | undefined;
  /** Whether somebody was told how it ended. */
  isTold: () => boolean;
  noteTold: () => void;
}>;

export type StartExec = ExecPlan &
  WantedOutputs &
  Readonly<{
    execId: string;
    timeoutMs?: number;
  }>;

const EXEC_ID = /^[A-Za-z0-9-]{1,64}$/;
/** At a time. */
const MOST_RUNNING = 100;
/** On disk, of all programs beside a container's own: what they wrote and nobody reads. Whose output finds no more room waits, as at a pipe. */
const MOST_SPILT_BYTES = 1024 * 1024 * 1024;
/** Node fires a longer one at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The programs that were started beside a container's own. They end with the container. */
export class ContainerExecs {
  private readonly execs = new Map<string, Promise<Exec>>();
  /** Those that have ended and can still be asked for their ends, oldest first. */
  private readonly ended = new Map<string, Exec>();
  private readonly spillRoom = new SpillRoom(MOST_SPILT_BYTES);

  constructor(
    private readonly runtime: ContainerRuntime,
    private readonly container: Readonly<{ id: string; folder: string; process: OciProcess }>,
  ) {}

  /** A start that comes twice is one. */
  async start(plan: StartExec): Promise<void> {
    const known = this.execs.get(plan.execId);
    if (known !== undefined) return void (await known);
    checkPlan(plan);
    if (this.execs.size - this.ended.size >= MOST_RUNNING)
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
        refuse(
          'not-found',
          'exec-not-found',
          `no program ${execId} is known in ${this.container.id}: none was started, or it has ended, and its end is no longer kept`,
        ),
      );
    return exec;
  }

  private async startNow(plan: StartExec): Promise<Exec> {
    const { id, folder, process } = this.container;
    const file = join(folder, `exec-${plan.execId}.json`);
    const running = await this.runtime.exec(id, file, execProcess(process, plan));
    limitTime(running, plan.timeoutMs);
    let exitCode: number | undefined;
    let told = false;
    // Whoever sits at a terminal wants what is written now, not what a program went on to write without them.
    const spillOf = (stream: 'stdout' | 'stderr'): SpillFile | undefined =>
      plan.terminal
        ? undefined
        : new SpillFile(join(folder, `exec-${plan.execId}.${stream}`), this.spillRoom);
    const exec: Exec = {
      ...execOutputs(running, plan, spillOf),
      stdin: new ExecInput(running.stdin),
      exited: running.exited,
      ended: () => exitCode,
      isTold: () => told,
      noteTold: () => {
        told = true;
      },
    };
    void running.exited
      .then((code) => (exitCode = code))
      .catch(() => undefined)
      .finally(() => this.noteEnd(plan.execId, exec));
    return exec;
  }

  private noteEnd(execId: string, ended: Exec): void {
    this.ended.set(execId, ended);
    const known = [...this.ended].map(([id, exec]) => ({
      execId: id,
      told: exec.isTold(),
      heldBytes: exec.stdout.heldBytes + exec.stderr.heldBytes,
    }));
    for (const id of endedToForget(known)) {
      const { stdout, stderr } = this.ended.get(id)!;
      this.ended.delete(id);
      this.execs.delete(id);
      for (const output of [stdout, stderr]) void output.forget();
    }
  }
}

const limitTime = (running: RunningExec, timeoutMs: number | undefined): void => {
  if (timeoutMs === undefined) return;
  const endsAt = Date.now() + timeoutMs;
  let timer: NodeJS.Timeout;
  const watch = (): void => {
    const leftMs = endsAt - Date.now();
    timer =
      leftMs > LONGEST_TIMER_MS
        ? setTimeout(watch, LONGEST_TIMER_MS)
        : setTimeout(() => void running.kill(), leftMs);
  };
  watch();
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

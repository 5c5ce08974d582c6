import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { clearPostgresLeftovers } from './clear-postgres-leftovers.ts';
import { holdSocket, type HeldSocket } from './held-socket.ts';
import { notePatiently, removePidFile } from './pid-files.ts';
import { askProbe } from './probes/probe.ts';
import { identityOf } from './process-identity.ts';
import { ProcessLog } from './process-log.ts';
import type { ProcessSpec } from './process-spec.ts';
import type { ProcessState, ProcessStatus } from './process-status.ts';
import { failuresAfter, restartDelayMs } from './restart-delay.ts';
import { signalGroup } from './signal-group.ts';
import { spawnProcess } from './spawn-process.ts';

export type Folders = Readonly<{ logs: string; run: string }>;

/** Keeps one process running until it is told to stop: whenever it ends, it is started again. */
export class SupervisedProcess {
  readonly spec: ProcessSpec;
  readonly #folders: Folders;
  readonly #log: ProcessLog;
  #state: ProcessState = 'waiting';
  #child: ChildProcess | undefined;
  #startedAt = 0;
  #failures = 0;
  #starts = 0;
  #lastExit: string | null = null;
  #nextStart: NodeJS.Timeout | undefined;
  #socket: HeldSocket | undefined;

  constructor(spec: ProcessSpec, folders: Folders) {
    this.spec = spec;
    this.#folders = folders;
    this.#log = new ProcessLog(join(folders.logs, `${spec.name}.log`));
  }

  get state(): ProcessState {
    return this.#state;
  }

  /** Starts the process; does nothing while it runs. What keeps it from starting counts as its failure. */
  async start(): Promise<void> {
    if (this.#child || this.#state === 'stopping') return;
    clearTimeout(this.#nextStart);
    this.#state = 'running';
    try {
      if (this.spec.postgresData) await clearPostgresLeftovers(this.spec.postgresData);
      if (this.#state === 'running' && !this.#child) this.#launch();
    } catch (error) {
      if (this.#state === 'running') this.#fail(`could not start: ${reasonOf(error)}`, 0);
    }
  }

  /** Asks the process to end, makes it end after its grace, and does not start it again. */
  async stop(): Promise<void> {
    clearTimeout(this.#nextStart);
    const child = this.#child;
    if (child?.pid) {
      this.#state = 'stopping';
      const ended = new Promise<void>((done) => child.once('exit', () => done()));
      child.kill(this.spec.stopSignal);
      const force = setTimeout(() => signalGroup(child.pid!, 'SIGKILL'), this.spec.stopMs);
      await ended;
      clearTimeout(force);
    } else this.#state = 'stopped';
    this.#socket?.close();
    this.#socket = undefined;
  }

  async restart(): Promise<void> {
    await this.stop();
    this.#failures = 0;
    this.#state = 'waiting';
    await this.start();
  }

  /** A process may run for months without a start at which its log is looked at. */
  keepLogSmall(): void {
    this.#log.keepSmall();
  }

  /** `ready`, or why the process cannot serve. */
  health(): Promise<string> {
    if (this.#child) return askProbe(this.spec.probe);
    return Promise.resolve(this.#lastExit ?? this.#state);
  }

  async status(): Promise<ProcessStatus> {
    const { name, tier, port, version } = this.spec;
    return {
      name,
      tier,
      state: this.#state,
      pid: this.#child?.pid ?? null,
      uptimeMs: this.#child ? Date.now() - this.#startedAt : 0,
      restarts: Math.max(0, this.#starts - 1),
      port,
      version,
      health: await this.health(),
      lastExit: this.#lastExit,
      log: this.#log.path,
    };
  }

  #launch(): void {
    const { spec } = this;
    const child = spawnProcess(spec, this.#log, this.#inheritedSocket());
    this.#child = child;
    this.#startedAt = Date.now();
    this.#starts += 1;
    child.once('error', (error) => this.#onEnd(child, `could not start: ${error.message}`));
    child.once('exit', (code, signal) =>
      this.#onEnd(child, signal ? `killed by ${signal}` : `exited with code ${code}`),
    );
    const identity = child.pid === undefined ? undefined : identityOf(child.pid);
    const { name, tier, stopSignal, stopMs } = spec;
    if (identity)
      notePatiently(this.#folders.run, { ...identity, name, tier, stopSignal, stopMs }, (error) =>
        this.#log.say(`${name} is not noted yet: ${reasonOf(error)}`),
      );
  }

  /** By the convention of socket activation it is descriptor 3. A port that cannot be held is left to the process itself, which says why. */
  #inheritedSocket(): number[] {
    if (!this.spec.heldPort) return [];
    try {
      this.#socket ??= holdSocket(this.spec.heldPort.host, this.spec.heldPort.port);
      return [this.#socket.fd];
    } catch (error) {
      this.#log.say(reasonOf(error));
      return [];
    }
  }

  #onEnd(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    removePidFile(this.#folders.run, this.spec.name);
    if (this.#state === 'stopping') {
      this.#state = 'stopped';
      this.#lastExit = null;
      return;
    }
    this.#fail(how, Date.now() - this.#startedAt);
  }

  #fail(how: string, uptimeMs: number): void {
    this.#failures = failuresAfter(this.#failures, uptimeMs);
    const delayMs = restartDelayMs(this.#failures);
    this.#lastExit = `${how} after ${(uptimeMs / 1000).toFixed(1)} s`;
    this.#state = 'failing';
    this.#log.say(`${this.spec.name} ${this.#lastExit}; starts again in ${delayMs} ms`);
    this.#nextStart = setTimeout(() => void this.start(), delayMs);
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

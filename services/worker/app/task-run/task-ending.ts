import type { TaskAssignment, TaskStop } from '@slipway/contracts';
import type { AskedEnd } from '@slipway/worker-core';
import type { ContainerSession } from '../control-socket/container-session.js';
import type { ContainerRuntime, RunningContainer } from '../runtime/container-runtime.js';
import { killUntilEnded } from '../runtime/kill-until-ended.js';
import type { WebTask } from '../web/web-task.js';
import { StartFailedError } from './start-failures.js';
import { StopContainer, webGrace } from './stop-container.js';

export type EndingTask = Readonly<{
  task: TaskAssignment;
  session: ContainerSession;
  runtime: ContainerRuntime;
  /** The web server in the container, where there is one. */
  web: () => WebTask | undefined;
  say: (text: string) => void;
}>;

/** Why one task is to end before its program does so by itself, and the way there: the first reason stands. */
export class TaskEnding {
  stopping: TaskStop | undefined;
  private asked: AskedEnd = { kind: 'none' };
  private running: RunningContainer | undefined;
  private killing: Promise<void> | undefined;
  private startupTimer: NodeJS.Timeout | undefined;
  private readonly stopContainer: StopContainer;

  constructor(private readonly of: EndingTask) {
    const { task, session, runtime, say } = of;
    this.stopContainer = new StopContainer(task, session, {
      terminate: () => void runtime.kill(task.taskId, 'SIGTERM', 'first-process'),
      interrupt: () => {
        session.interrupt();
        void runtime.kill(task.taskId, 'SIGINT', 'first-process');
      },
      kill: () => this.killBecause({ kind: 'stop', reason: 'stopped' }),
      say,
    });
  }

  get isAsked(): boolean {
    return this.asked.kind !== 'none';
  }

  /** One that has finished what it had ended as it was told, whatever its exit hooks came to. */
  get askedAtEnd(): AskedEnd {
    const { stopping, asked } = this;
    if (this.isAsked || stopping === undefined || this.of.session.inputIds.length > 0) return asked;
    return { kind: 'stop', reason: stopping.reason };
  }

  throwIfStopped(): void {
    if (this.asked.kind === 'stop')
      throw new StartFailedError(this.asked.reason, 'stopped before it started');
  }

  /** The program runs from now on; it has until the time for starts is over to become ready. */
  began(running: RunningContainer): void {
    const { session, task } = this.of;
    this.running = running;
    if (this.isAsked) this.kill();
    this.startupTimer = setTimeout(() => {
      if (session.reached !== 'ready' && !this.isAsked)
        this.killBecause({ kind: 'startup-timeout', limitMs: task.startupTimeoutMs });
    }, task.startupTimeoutMs);
  }

  stop(stop: TaskStop): void {
    const { how, reason } = stop;
    const { session } = this.of;
    // Before user code is ready there is nothing that could end in order: an interrupted import is only noise.
    const atOnce = how === 'kill' || session.reached === 'starting';
    // What one that finishes its inputs does meanwhile is its own doing.
    if (atOnce || how !== 'drain') this.because({ kind: 'stop', reason });
    this.stopping = stop;
    if (how !== 'drain') session.interrupt();
    if (atOnce) {
      session.takeNoMore();
      return this.kill();
    }
    const web = this.of.web();
    if (web === undefined) return this.end(stop);
    void web.drain(webGrace(stop)).then(() => this.end(stop));
  }

  /** It was told to end by itself. */
  leave(): void {
    this.stopContainer.leave();
  }

  /** The time of one of its inputs is over, whatever else it is to end for. */
  inputTimedOut(): void {
    this.asked = { kind: 'input-timeout', limitMs: this.of.task.inputTimeoutMs };
  }

  killBecause(asked: AskedEnd): void {
    this.because(asked);
    this.kill();
  }

  kill(): void {
    if (this.running === undefined) return;
    this.killing ??= killUntilEnded(this.of.runtime, this.of.task.taskId, this.running.exited);
  }

  close(): void {
    clearTimeout(this.startupTimer);
    this.stopContainer.close();
  }

  private because(asked: AskedEnd): void {
    if (!this.isAsked) this.asked = asked;
  }

  /** Tells a container with nothing left to do, or whose time is over, to go. */
  private end(stop: TaskStop): void {
    this.of.session.takeNoMore();
    if (this.of.web()?.isServer) this.stopContainer.endServer();
    else this.stopContainer.stop(stop);
  }
}

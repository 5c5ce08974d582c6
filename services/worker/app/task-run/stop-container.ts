import type { ExitReason, TaskAssignment } from '@slipway/contracts';
import { leaveWithinMs } from '@slipway/worker-core';
import type { ContainerSession } from '../control-socket/container-session.js';

const GRACE_MS = 10_000;
/** Nobody waits for what a stopped app still has to say. */
export const GRACE_OF_STOPPED_APP_MS = 3_000;
/** How long an idle container has to follow the answer that tells it to exit, before it is interrupted. */
const EXIT_BY_ITSELF_MS = 1_500;

export type Signals = Readonly<{
  interrupt: () => void;
  terminate: () => void;
  kill: () => void;
  say: (text: string) => void;
}>;

/** How one container is brought to its end: told, interrupted, killed, each in its time. */
export class StopContainer {
  private leaving = false;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly task: TaskAssignment,
    private readonly session: ContainerSession,
    private readonly signals: Signals,
  ) {}

  /**
   * A container that works is interrupted at once. An idle one was told to exit with its question for inputs; what it
   * still does after its last answer is not interrupted unless its app is stopped or its host goes.
   */
  stop(reason: ExitReason): void {
    const mayWorkOn = reason === 'idle' || reason === 'stopped';
    const isBusy = this.session.inputIds.length > 0;
    const interruptInMs = isBusy ? 0 : EXIT_BY_ITSELF_MS;
    const graceMs = reason === 'app-stopped' ? GRACE_OF_STOPPED_APP_MS : GRACE_MS;
    this.later(interruptInMs, () => {
      if (!mayWorkOn || !this.leaving || isBusy) this.end(graceMs - interruptInMs);
    });
  }

  /** The runtime of a server function waits for this signal and for nothing else. */
  endServer(): void {
    this.signals.terminate();
    this.later(GRACE_MS, () => this.signals.kill());
  }

  /** It was told to end by itself: it does when its threads and exit hooks have ended, or when their time is over. */
  leave(): void {
    if (this.leaving) return;
    this.leaving = true;
    const { lastAnswerAt } = this.session;
    const { inputTimeoutMs } = this.task;
    const work = { inputTimeoutMs, ...(lastAnswerAt !== undefined && { lastAnswerAt }) };
    const withinMs = leaveWithinMs(work, Date.now());
    this.later(withinMs, () => {
      const seconds = Math.round(withinMs / 1000);
      this.signals.say(`Work that goes on after the last answer is ended: it had ${seconds} s to end.\n`);
      this.end(GRACE_MS);
    });
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  private end(graceMs: number): void {
    this.signals.interrupt();
    this.later(graceMs, () => this.signals.kill());
  }

  private later(ms: number, act: () => void): void {
    this.timers.push(setTimeout(act, ms));
  }
}

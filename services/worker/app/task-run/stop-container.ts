import type { TaskAssignment, TaskStop } from '@slipway/contracts';
import { leaveBy } from '@slipway/worker-core';
import type { ContainerSession } from '../control-socket/container-session.js';

const GRACE_MS = 10_000;
/** Nobody waits for what a stopped app still has to say. */
const GRACE_OF_STOPPED_APP_MS = 3_000;
/** How long an idle container has to follow the answer that tells it to exit, before it is interrupted. */
const EXIT_BY_ITSELF_MS = 1_500;
const LONGEST_TIMER_MS = 2_147_483_647;

export type Signals = Readonly<{
  interrupt: () => void;
  terminate: () => void;
  kill: () => void;
  say: (text: string) => void;
}>;

/** How long web requests inside have: those of a container that is interrupted cannot run again elsewhere, they fail. */
export const webGrace = ({ how, reason }: TaskStop): number | 'as-long-as-allowed' => {
  if (reason === 'app-stopped') return GRACE_OF_STOPPED_APP_MS;
  return how === 'drain' || reason === 'host-lost' ? 'as-long-as-allowed' : 0;
};

/** How one container is brought to its end: told, interrupted, killed, each in its time. */
export class StopContainer {
  private leaving = false;
  private interrupted = false;
  private over = false;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly task: TaskAssignment,
    private readonly session: ContainerSession,
    private readonly signals: Signals,
  ) {}

  /** Where it is not to end in its own time, one that works is interrupted at once, an idle one if it does not exit by itself. */
  stop({ how, reason }: TaskStop): void {
    if (how === 'drain') return this.awaitLeave(this.isBusy ? 'working' : 'idle');
    const interruptInMs = this.isBusy ? 0 : EXIT_BY_ITSELF_MS;
    const graceMs = reason === 'app-stopped' ? GRACE_OF_STOPPED_APP_MS : GRACE_MS;
    this.later(interruptInMs, () => this.end(graceMs - interruptInMs));
  }

  /** The runtime of a server function waits for this signal and for nothing else. */
  endServer(): void {
    this.signals.terminate();
    this.later(GRACE_MS, () => this.signals.kill());
  }

  /** It was told to end by itself: it does when its inputs, its threads and its exit hooks have ended, or when their time is over. */
  leave(): void {
    if (this.leaving) return;
    this.leaving = true;
    this.awaitEnd(Date.now());
  }

  close(): void {
    this.over = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  private get isBusy(): boolean {
    return this.session.inputIds.length > 0;
  }

  /**
   * It takes no more: once its inputs have ended its next question is answered with the order to exit. What it still does
   * then is not interrupted before its time is over; one that does not ask is.
   */
  private awaitLeave(before: 'working' | 'idle'): void {
    this.later(EXIT_BY_ITSELF_MS, () => {
      if (this.leaving) return;
      if (this.isBusy) return this.awaitLeave('working');
      if (before === 'working') return this.awaitLeave('idle');
      this.end(GRACE_MS);
    });
  }

  private awaitEnd(toldAt: number): void {
    const { lastAnswerAt, heldUntil } = this.session.inputs;
    const endsAt = leaveBy({
      inputTimeoutMs: this.task.inputTimeoutMs,
      toldAt,
      ...(lastAnswerAt !== undefined && { lastAnswerAt }),
      ...(heldUntil !== undefined && { heldUntil }),
    });
    const now = Date.now();
    if (now < endsAt)
      return this.later(Math.min(LONGEST_TIMER_MS, endsAt - now), () => this.awaitEnd(toldAt));
    const seconds = Math.round((endsAt - (lastAnswerAt ?? toldAt)) / 1000);
    this.signals.say(`Work that goes on after the last answer is ended: it had ${seconds} s to end.\n`);
    this.end(GRACE_MS);
  }

  private end(graceMs: number): void {
    // Its exit hooks are not interrupted a second time.
    if (!this.interrupted) this.signals.interrupt();
    this.interrupted = true;
    this.later(graceMs, () => this.signals.kill());
  }

  private later(ms: number, act: () => void): void {
    if (!this.over) this.timers.push(setTimeout(act, ms));
  }
}

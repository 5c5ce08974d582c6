import type { AnswerOf, AskOf, RequestName } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import { restoreSnapshot, takeSnapshot, type HotStateSnapshot } from '@slipway/scheduler-core';
import { MemoryLog } from '../../services/scheduler/core/testing/memory-log.testing.js';
import {
  foldAll,
  startSchedulerProcess,
  type SchedulerProcess,
} from '../../services/scheduler/core/testing/scheduler-process.testing.js';
import { VirtualClock } from '../../services/scheduler/core/testing/virtual-clock.testing.js';
import type { Chance } from './chance.js';
import { notDurable } from './not-durable.js';

type SchedulerRequest = Extract<RequestName, `scheduler.${string}`>;

/** Nobody answered in time; the question may have arrived all the same. */
export class NoAnswerError extends Error {}

/** How bad things are: probabilities per message. All are 0 once failures have stopped. */
export type Trouble = { lostQuestions: number; lostAnswers: number; repeats: number; delayMs: number };

/** The scheduler, the network before it, and the time in which all happens. */
export class World {
  readonly clock = new VirtualClock();
  readonly log = new MemoryLog();
  readonly broken: string[] = [];
  readonly trouble: Trouble = { lostQuestions: 0.02, lostAnswers: 0.02, repeats: 0.02, delayMs: 20 };
  readonly unreachable = new Set<string>();
  readonly nudges = new Map<string, () => void>();
  /** How often each app was told to be done. */
  readonly appsDone = new Set<string>();
  private leader: SchedulerProcess | undefined;
  private snapshot: { position: number; state: HotStateSnapshot } | undefined;
  private readonly lastArrival = new Map<string, number>();
  private taskCount = 0;

  constructor(readonly chance: Chance) {
    this.startScheduler();
  }

  get scheduler(): SchedulerProcess | undefined {
    return this.leader;
  }

  startScheduler(): void {
    const saved = this.snapshot;
    const restored = saved && restoreSnapshot(saved.state);
    this.leader = startSchedulerProcess({
      clock: this.clock,
      log: this.log,
      newTaskId: () => `ta-${++this.taskCount}`,
      commitMs: () => this.chance.between(0, 6),
      nudgeWorker: (workerId) => this.nudges.get(workerId)?.(),
      appDone: (appId) => this.appsDone.add(appId),
      state: foldAll(this.log.events.slice(restored === undefined ? 0 : saved?.position), restored),
    });
  }

  killScheduler(): void {
    this.leader?.kill();
    this.leader = undefined;
  }

  /** What the process does now and then: a start after this reads only the log's tail. */
  takeSnapshot(): void {
    const { leader, log } = this;
    const state = leader?.scheduler.settled(() => takeSnapshot(leader.state));
    if (state !== undefined)
      this.snapshot = {
        position: log.events.length,
        state: JSON.parse(JSON.stringify(state)) as HotStateSnapshot,
      };
  }

  /** One question over the network: it or its answer may be lost, it may come twice, the order of one sender's questions holds. */
  async ask<Name extends SchedulerRequest>(
    sender: string,
    name: Name,
    body: AskOf<Name>,
    timeoutMs = 2_000,
  ): Promise<AnswerOf<Name>> {
    const { clock, chance, trouble } = this;
    const wire = JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const cancelTimeout = clock.schedule(clock.now() + timeoutMs, () => reject(new NoAnswerError(name)));
      const settle = (act: () => void): void => {
        if (chance.happens(trouble.lostAnswers) || this.unreachable.has(sender)) return;
        clock.schedule(clock.now() + chance.between(0, trouble.delayMs), () => {
          cancelTimeout();
          act();
        });
      };
      const deliver = (): void => {
        if (chance.happens(trouble.lostQuestions) || this.unreachable.has(sender)) return;
        const { leader } = this;
        if (leader === undefined || !leader.alive()) return;
        const key = name.slice('scheduler.'.length) as keyof typeof leader.scheduler.requests;
        const answer = leader.scheduler.requests[key] as (ask: unknown) => Promise<AnswerOf<Name>>;
        answer(JSON.parse(wire)).then(
          (given) => {
            if (!leader.alive()) return;
            for (const inputId of notDurable(name, body, given, this.log.events))
              this.broken.push(`${name} was answered before ${inputId} was durable`);
            settle(() => resolve(given));
          },
          (error: unknown) => {
            if (!leader.alive()) return;
            if (!(error instanceof RefusedError)) this.broken.push(`${name} threw ${String(error)}`);
            settle(() => reject(error as Error));
          },
        );
      };
      const at = Math.max(
        this.lastArrival.get(sender) ?? 0,
        clock.now() + chance.between(0, trouble.delayMs),
      );
      this.lastArrival.set(sender, at);
      clock.schedule(at, deliver);
      if (chance.happens(trouble.repeats)) clock.schedule(at, deliver);
    });
  }

  /** Asks until there is an answer; a refusal is one. `undefined` when the asker is gone or was refused. */
  async persist<Name extends SchedulerRequest>(
    sender: string,
    name: Name,
    body: AskOf<Name>,
    isAlive: () => boolean = () => true,
  ): Promise<AnswerOf<Name> | undefined> {
    while (isAlive()) {
      try {
        return await this.ask(sender, name, body);
      } catch (error) {
        if (error instanceof RefusedError) return undefined;
        if (!(error instanceof NoAnswerError)) throw error;
        await this.clock.pause(this.chance.between(10, 300));
      }
    }
    return undefined;
  }
}

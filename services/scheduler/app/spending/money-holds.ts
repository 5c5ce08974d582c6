import type { AskHold, HoldVerdict } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { SpendGate, SpendWant, StartAnswer } from '@slipway/scheduler-core';
import type { Logger } from '@slipway/telemetry';
import { ForgottenHolds } from './forgotten-holds.js';
import { HoldQuestions, REST_MS } from './hold-questions.js';
import { SpendCaps } from './spend-caps.js';
import { isEnough, newLine, takeFirst, type StartLine } from './start-line.js';

/** How long a refusal is believed before it is asked again. */
const BELIEVED_MS = 2_000;
/** Holds of one start that wait to be used, and are asked for at once, at most. */
const MOST_AT_ONCE = 50;
/** How long a hold waits for its container. */
const UNUSED_MS = 15_000;
const LOOK_FOR_UNUSED_EACH_MS = 5_000;

/**
 * Asks billing for money, many holds in one question, and remembers what was answered: whoever wants to start a container is
 * answered at once, and no container that no budget is over waits for anything.
 */
export class MoneyHolds implements SpendGate {
  private readonly caps: SpendCaps;
  private readonly questions: HoldQuestions;
  private readonly lines = new Map<string, StartLine>();
  private readonly held = new Map<string, number>();
  private readonly refused = new Map<string, string>();
  /** The kind of start for which a hold was asked, while no container has it. */
  private readonly owners = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;
  /** Called when something is known that was not before. */
  onNews: () => void = () => undefined;

  constructor(
    private readonly bus: Pick<Bus, 'request' | 'onSignal'>,
    private readonly of: Readonly<{ shard: string; newTaskId: () => string }>,
    private readonly logger: Logger,
  ) {
    this.caps = new SpendCaps(bus, logger);
    this.questions = new HoldQuestions(bus, of.shard, logger, {
      onVerdict: (hold, verdict) => this.hear(hold, verdict),
      onSilence: (holdIds) => holdIds.forEach((holdId) => this.putOff(holdId)),
      onAnswered: () => this.onNews(),
    });
  }

  /** `isLive`: whether a container is there. */
  begin(isLive: (taskId: string) => boolean): void {
    const forgotten = new ForgottenHolds(this.bus, this.logger, {
      shard: this.of.shard,
      isInUse: (holdId) => isLive(holdId) || this.isKnown(holdId),
      giveBack: (holdId) => this.questions.release(holdId, 'gone'),
    });
    this.timer = setInterval(() => this.giveBackUnused(), LOOK_FOR_UNUSED_EACH_MS);
    this.caps.begin(() => {
      void forgotten.giveBack();
      this.onNews();
    });
  }

  end(): void {
    clearInterval(this.timer);
    this.caps.end();
  }

  isCapped(workspaceId: string, environment: string): boolean {
    return this.caps.cover(workspaceId, environment);
  }

  start(want: SpendWant, lifeMs: number, count: number, at: number): StartAnswer {
    const line = this.lines.get(want.key) ?? newLine();
    this.lines.set(want.key, line);
    for (const [taskId, { until, ceiling }] of line.ready) {
      if (until >= at + lifeMs && isEnough(ceiling, want.ceiling)) return { kind: 'held', taskId };
      line.ready.delete(taskId);
      this.drop(taskId);
    }
    if (line.answer !== undefined && line.believedUntil > at) return line.answer;
    const wanted = Math.min(count, MOST_AT_ONCE);
    const inHand = this.questions.holdIds.filter((holdId) => this.owners.get(holdId) === want.key).length;
    for (let more = inHand; more < wanted; more += 1) {
      const holdId = takeFirst(line.unanswered) ?? this.of.newTaskId();
      this.owners.set(holdId, want.key);
      this.questions.ask(holdOf(holdId, want, at, at + lifeMs + BELIEVED_MS));
    }
    return { kind: 'waiting' };
  }

  started(taskId: string): void {
    for (const line of this.lines.values()) line.ready.delete(taskId);
    this.owners.delete(taskId);
  }

  extend(taskId: string, want: SpendWant, until: number, at: number): void {
    if (!this.caps.areKnown || this.questions.isAsked(taskId)) return;
    this.questions.ask(holdOf(taskId, want, at, until));
  }

  coveredUntil(taskId: string): number {
    return this.caps.areKnown ? (this.held.get(taskId) ?? 0) : Number.POSITIVE_INFINITY;
  }

  refusal(taskId: string): string | undefined {
    return this.refused.get(taskId);
  }

  ended(taskId: string): void {
    this.refused.delete(taskId);
    this.owners.delete(taskId);
    const isAsked = this.questions.isAsked(taskId);
    if (this.held.delete(taskId) || isAsked) this.questions.release(taskId, 'gone');
  }

  private isKnown(holdId: string): boolean {
    if (this.owners.has(holdId) || this.held.has(holdId) || this.questions.isAsked(holdId)) return true;
    return [...this.lines.values()].some(({ unanswered }) => unanswered.has(holdId));
  }

  /** Nobody started a container with it. */
  private drop(taskId: string): void {
    this.owners.delete(taskId);
    this.held.delete(taskId);
    this.questions.release(taskId, 'unused');
  }

  /** Whoever wants to start such a container waits for a little before another hold is asked for. */
  private putOff(holdId: string): void {
    const line = this.lines.get(this.owners.get(holdId) ?? '');
    this.owners.delete(holdId);
    if (line === undefined) return;
    line.unanswered.add(holdId);
    line.answer = { kind: 'waiting' };
    line.believedUntil = Date.now() + REST_MS;
  }

  private hear({ holdId, untilMs, ceiling }: AskHold, verdict: HoldVerdict): void {
    const line = this.lines.get(this.owners.get(holdId) ?? '');
    const now = Date.now();
    if (verdict.verdict === 'held') {
      this.refused.delete(holdId);
      this.held.set(holdId, Math.max(untilMs, this.held.get(holdId) ?? 0));
      line?.ready.set(holdId, { until: untilMs, heldAt: now, ceiling });
      return;
    }
    const { message } = verdict;
    if (line === undefined) {
      if (verdict.verdict === 'refused') this.refused.set(holdId, message);
      return;
    }
    this.owners.delete(holdId);
    line.believedUntil = now + (verdict.verdict === 'refused' ? BELIEVED_MS : BELIEVED_MS / 4);
    line.answer = verdict.verdict === 'refused' ? { kind: 'refused', message } : { kind: 'waiting' };
  }

  /** What was held for containers that nobody wants any more is given back. */
  private giveBackUnused(): void {
    const before = Date.now() - UNUSED_MS;
    const asked = new Set(this.questions.holdIds.map((holdId) => this.owners.get(holdId)));
    for (const [key, line] of this.lines) {
      for (const [taskId, { heldAt }] of line.ready)
        if (heldAt < before) {
          line.ready.delete(taskId);
          this.drop(taskId);
        }
      if (line.ready.size > 0 || asked.has(key) || line.believedUntil >= before) continue;
      for (const holdId of line.unanswered) this.drop(holdId);
      this.lines.delete(key);
    }
  }
}

const holdOf = (
  holdId: string,
  { workspaceId, environment, ceiling }: SpendWant,
  fromMs: number,
  untilMs: number,
): AskHold => ({ holdId, workspaceId, environment, ceiling, fromMs, untilMs });

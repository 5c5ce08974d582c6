import { SPEND_CAPS_CHANGED, type AskHold, type HoldVerdict, type SpendCap } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { SpendGate, SpendWant, StartAnswer } from '@slipway/scheduler-core';
import type { Logger } from '@slipway/telemetry';

/** How long a refusal is believed before it is asked again. */
const BELIEVED_MS = 2_000;
/** Holds of one start that wait to be used, and are asked for at once, at most. */
const MOST_AT_ONCE = 50;
/** How long a hold waits for its container. */
const UNUSED_MS = 15_000;
const CAPS_EACH_MS = 5_000;
const ASK_AFTER_MS = 5;

type Ready = Readonly<{ until: number; heldAt: number }>;
/** The starts of one kind: what is held for them, and what was said when no more was given. */
type Line = { ready: Map<string, Ready>; answer?: StartAnswer; believedUntil: number };

/**
 * Asks billing for money, many holds in one question, and remembers what was answered: whoever wants to start a container is
 * answered at once, and no container that no budget is over waits for anything.
 */
export class MoneyHolds implements SpendGate {
  private caps: ReadonlySet<string> | undefined;
  private readonly lines = new Map<string, Line>();
  private readonly held = new Map<string, number>();
  private readonly refused = new Map<string, string>();
  /** The kind of start for which a hold was asked, while no container has it. */
  private readonly owners = new Map<string, string>();
  private readonly asked = new Map<string, AskHold>();
  private gone: string[] = [];
  private unused: string[] = [];
  private asking: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Called when something is known that was not before. */
  onNews: () => void = () => undefined;

  constructor(
    private readonly bus: Pick<Bus, 'request' | 'onSignal'>,
    private readonly newTaskId: () => string,
    private readonly logger: Logger,
  ) {}

  begin(): void {
    this.bus.onSignal(SPEND_CAPS_CHANGED, () => void this.readCaps());
    this.timer = setInterval(() => {
      this.giveBackUnused();
      void this.readCaps();
    }, CAPS_EACH_MS);
    void this.readCaps();
  }

  end(): void {
    clearInterval(this.timer);
  }

  isCapped(workspaceId: string, environment: string): boolean {
    // Until billing has said which budgets are hard, each may be.
    if (this.caps === undefined) return true;
    return this.caps.has(keyOf({ workspaceId })) || this.caps.has(keyOf({ workspaceId, environment }));
  }

  start(want: SpendWant, lifeMs: number, count: number, at: number): StartAnswer {
    const line: Line = this.lines.get(want.key) ?? { ready: new Map(), believedUntil: 0 };
    this.lines.set(want.key, line);
    for (const [taskId, { until }] of line.ready) {
      if (until >= at + lifeMs) return { kind: 'held', taskId };
      line.ready.delete(taskId);
      this.drop(taskId);
    }
    if (line.answer !== undefined && line.believedUntil > at) return line.answer;
    const wanted = Math.min(count, MOST_AT_ONCE);
    const inHand = [...this.asked.values()].filter(
      ({ holdId }) => this.owners.get(holdId) === want.key,
    ).length;
    for (let more = inHand; more < wanted; more += 1) {
      const holdId = this.newTaskId();
      this.owners.set(holdId, want.key);
      this.ask({ holdId, want, fromMs: at, untilMs: at + lifeMs + BELIEVED_MS });
    }
    return { kind: 'waiting' };
  }

  started(taskId: string): void {
    for (const line of this.lines.values()) line.ready.delete(taskId);
    this.owners.delete(taskId);
  }

  extend(taskId: string, want: SpendWant, until: number, at: number): void {
    if (this.caps === undefined || this.asked.has(taskId)) return;
    this.ask({ holdId: taskId, want, fromMs: at, untilMs: until });
  }

  coveredUntil(taskId: string): number {
    return this.caps === undefined ? Number.POSITIVE_INFINITY : (this.held.get(taskId) ?? 0);
  }

  refusal(taskId: string): string | undefined {
    return this.refused.get(taskId);
  }

  ended(taskId: string): void {
    this.refused.delete(taskId);
    this.owners.delete(taskId);
    if (!this.held.delete(taskId)) return;
    this.gone.push(taskId);
    this.flushSoon();
  }

  /** Nobody started a container with it. */
  private drop(taskId: string): void {
    this.owners.delete(taskId);
    this.held.delete(taskId);
    this.unused.push(taskId);
    this.flushSoon();
  }

  private ask({
    holdId,
    want,
    fromMs,
    untilMs,
  }: Readonly<{ holdId: string; want: SpendWant; fromMs: number; untilMs: number }>): void {
    const { workspaceId, environment, ceiling } = want;
    this.asked.set(holdId, { holdId, workspaceId, environment, ceiling, fromMs, untilMs });
    this.flushSoon();
  }

  private flushSoon(): void {
    this.asking ??= new Promise<void>((resolve) => setTimeout(resolve, ASK_AFTER_MS))
      .then(() => this.flush())
      .catch((error: unknown) => this.logger.warn({ err: error }, 'money is asked for again'))
      .finally(() => {
        this.asking = undefined;
        this.onNews();
        if (this.gone.length + this.unused.length > 0) this.flushSoon();
      });
  }

  private async flush(): Promise<void> {
    const { gone, unused } = this;
    const holds = [...this.asked.values()];
    try {
      if (gone.length + unused.length > 0)
        await this.bus.request('billing.release-spend', { holdIds: gone, unused });
      this.gone = this.gone.slice(gone.length);
      this.unused = this.unused.slice(unused.length);
      if (holds.length === 0) return;
      const { verdicts } = await this.bus.request('billing.hold-spend', { holds });
      for (const verdict of verdicts) this.hear(verdict);
    } finally {
      // What was not answered is wanted again by whoever looks next; a hold of the same id is the same hold.
      for (const { holdId } of holds) this.asked.delete(holdId);
    }
  }

  private hear(verdict: HoldVerdict): void {
    const { holdId } = verdict;
    const hold = this.asked.get(holdId);
    const line = this.lines.get(this.owners.get(holdId) ?? '');
    const now = Date.now();
    if (hold === undefined) return;
    if (verdict.verdict === 'held') {
      this.refused.delete(holdId);
      this.held.set(holdId, Math.max(hold.untilMs, this.held.get(holdId) ?? 0));
      line?.ready.set(holdId, { until: hold.untilMs, heldAt: now });
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
    for (const [key, line] of this.lines) {
      for (const [taskId, { heldAt }] of line.ready)
        if (heldAt < before) {
          line.ready.delete(taskId);
          this.drop(taskId);
        }
      if (line.ready.size === 0 && line.believedUntil < before) this.lines.delete(key);
    }
  }

  private async readCaps(): Promise<void> {
    try {
      const { caps } = await this.bus.request('billing.list-spend-caps', {});
      this.caps = new Set(caps.map(keyOf));
      this.onNews();
    } catch (error) {
      this.logger.warn({ err: error }, 'the spend caps are as they were heard last');
    }
  }
}

const keyOf = ({ workspaceId, environment }: SpendCap): string =>
  environment === undefined ? workspaceId : `${workspaceId}/${environment}`;

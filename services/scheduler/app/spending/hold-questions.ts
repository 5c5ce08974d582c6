import type { AskHold, HoldVerdict } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import type { Logger } from '@slipway/telemetry';

const ASK_AFTER_MS = 5;
/** How long nothing is asked after a question that was not answered. */
export const REST_MS = 500;

type Listener = Readonly<{
  onVerdict: (hold: AskHold, verdict: HoldVerdict) => void;
  /** Nothing was said of these holds: whoever wants them still asks again. */
  onSilence: (holdIds: readonly string[]) => void;
  /** After all verdicts of an answer; silence is no news. */
  onAnswered: () => void;
}>;

/** What billing is asked and told: many holds in one question, one question at a time, and a rest after one that is not answered. */
export class HoldQuestions {
  private readonly wanted = new Map<string, AskHold>();
  private gone: string[] = [];
  private unused: string[] = [];
  private asking: Promise<void> | undefined;
  /** Set while billing does not answer. */
  private restsUntil: number | undefined;

  constructor(
    private readonly bus: Pick<Bus, 'request'>,
    private readonly shard: string,
    private readonly logger: Logger,
    private readonly listener: Listener,
  ) {}

  /** Of the holds that are asked for and not answered yet. */
  get holdIds(): readonly string[] {
    return [...this.wanted.keys()];
  }

  isAsked(holdId: string): boolean {
    return this.wanted.has(holdId);
  }

  ask(hold: AskHold): void {
    this.wanted.set(hold.holdId, hold);
    this.flushSoon();
  }

  /** Its container is gone, or none was ever started with it. */
  release(holdId: string, use: 'gone' | 'unused'): void {
    this.wanted.delete(holdId);
    (use === 'gone' ? this.gone : this.unused).push(holdId);
    this.flushSoon();
  }

  private flushSoon(): void {
    const afterMs = Math.max(ASK_AFTER_MS, (this.restsUntil ?? 0) - Date.now());
    this.asking ??= new Promise<void>((resolve) => setTimeout(resolve, afterMs))
      .then(() => this.flush())
      .then(
        () => this.hearAnswer(),
        (error: unknown) => this.rest(error),
      )
      .finally(() => {
        this.asking = undefined;
        if (this.gone.length + this.unused.length + this.wanted.size > 0) this.flushSoon();
      });
  }

  private async flush(): Promise<void> {
    const holds = [...this.wanted.values()];
    try {
      await this.sendReleases();
      if (holds.length === 0) return;
      const { verdicts } = await this.bus.request('billing.hold-spend', { shard: this.shard, holds });
      const asked = new Map(holds.map((hold) => [hold.holdId, hold]));
      for (const verdict of verdicts) {
        const hold = asked.get(verdict.holdId);
        if (hold !== undefined && this.isAsked(hold.holdId)) this.listener.onVerdict(hold, verdict);
      }
    } catch (error) {
      this.listener.onSilence(holds.map(({ holdId }) => holdId).filter((holdId) => this.isAsked(holdId)));
      throw error;
    } finally {
      for (const { holdId } of holds) this.wanted.delete(holdId);
    }
  }

  /** Those that come meanwhile go with the next ones; where billing does not answer, all do. */
  private async sendReleases(): Promise<void> {
    const [gone, unused] = [this.gone, this.unused];
    if (gone.length + unused.length === 0) return;
    [this.gone, this.unused] = [[], []];
    try {
      await this.bus.request('billing.release-spend', { holdIds: gone, unused });
    } catch (error) {
      this.gone = [...gone, ...this.gone];
      this.unused = [...unused, ...this.unused];
      throw error;
    }
  }

  private hearAnswer(): void {
    this.restsUntil = undefined;
    this.listener.onAnswered();
  }

  /** One line in the log, however long it lasts. */
  private rest(error: unknown): void {
    if (this.restsUntil === undefined)
      this.logger.warn({ err: error }, 'billing does not answer: money is asked for again until it does');
    this.restsUntil = Date.now() + REST_MS;
  }
}

import type { BuildStepProgress, LayerRef } from '@slipway/contracts';
import { RefusedError } from '@slipway/kernel';
import { StepFailedError } from './step-failed-error.js';
import { StepLog } from './step-log.js';

/** Who follows a step asks every 10 s: one that nobody asked for this long is followed by nobody, and run again elsewhere. */
const FOLLOWED_WITHIN_MS = 60_000;

export type BuildStepEvents = Readonly<{
  /** Nobody asks for it any more. */
  onLeft: () => void;
  /** It failed by a fault of the platform. */
  onFault: (error: unknown) => void;
}>;

/** One step of a build as its follower sees it: what it says, and its layer or why there is none. */
export class BuildStepRun {
  readonly done: Promise<void>;
  /** It was ended before its end, and never has a result. */
  isGivenUp = false;
  private hasEnded = false;
  private readonly log = new StepLog();
  private readonly stopped = new AbortController();
  private readonly left: NodeJS.Timeout;

  constructor(
    makeLayer: (log: StepLog, stopped: AbortSignal) => Promise<LayerRef>,
    private readonly events: BuildStepEvents,
  ) {
    this.left = setTimeout(() => {
      events.onLeft();
      this.giveUp();
    }, FOLLOWED_WITHIN_MS);
    this.done = this.live(makeLayer);
  }

  progress(afterEntry: number, waitMs: number): Promise<BuildStepProgress> {
    if (!this.hasEnded) this.left.refresh();
    return this.log.after(afterEntry, waitMs);
  }

  /** Ends it; settles when nothing is left of it. */
  async stop(): Promise<void> {
    this.giveUp();
    await this.done;
  }

  private giveUp(): void {
    if (this.hasEnded) return;
    this.isGivenUp = true;
    this.log.giveUp();
    this.stopped.abort();
  }

  private async live(makeLayer: (log: StepLog, stopped: AbortSignal) => Promise<LayerRef>): Promise<void> {
    const result = await makeLayer(this.log, this.stopped.signal).then(
      (layer) => ({ ok: true, layer }) as const,
      (error: unknown) => this.failure(error),
    );
    this.hasEnded = true;
    clearTimeout(this.left);
    if (!this.isGivenUp) this.log.finish(result);
  }

  private failure(error: unknown): NonNullable<BuildStepProgress['result']> {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof StepFailedError)
      return { ok: false, message, ...(error.exitCode !== undefined && { exitCode: error.exitCode }) };
    this.events.onFault(error);
    return { ok: false, message, ...(!(error instanceof RefusedError) && { fault: 'platform' }) };
  }
}

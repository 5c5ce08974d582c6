import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Snapshots } from '@slipway/event-store';
import { LOGGER } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { Folded } from '../../journal/journal-providers.js';
import { takeSnapshot } from '../../journal/planner-snapshot.js';
import { FOLDED, SNAPSHOTS } from '../../tokens.js';

const LOOK_MS = 30_000;
/** A start reads about so many events at most: they are folded within a moment, and a day of plans makes fewer. */
export const SNAPSHOT_EVERY_EVENTS = 2_000;

/** Saves now and then what is folded from the log, so that a start need not read all of it. */
@Injectable()
export class TakeSnapshots implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private takenAt: number;

  constructor(
    @Inject(FOLDED) private readonly folded: Folded,
    @Inject(SNAPSHOTS) private readonly snapshots: Pick<Snapshots, 'save'>,
    @Inject(LOGGER) private readonly logger: Pick<Logger, 'error'>,
  ) {
    this.takenAt = folded.begunAt;
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), LOOK_MS);
  }

  /** One that could not be saved costs time at a start, never data. */
  async look(): Promise<void> {
    const before = this.takenAt;
    if (this.folded.journal.lastPosition - before < SNAPSHOT_EVERY_EVENTS) return;
    const taken = takeSnapshot(this.folded);
    this.takenAt = taken.position;
    await this.snapshots.save(taken).catch((error: unknown) => {
      this.takenAt = before;
      this.logger.error({ err: error }, 'the snapshot could not be saved; it is tried again');
    });
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
  }
}

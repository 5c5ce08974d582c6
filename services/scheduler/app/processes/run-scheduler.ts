import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { FactRelay } from '@slipway/event-store';
import { LOGGER, READINESS, type Readiness } from '@slipway/nest-kit';
import { takeSnapshot, type Scheduler } from '@slipway/scheduler-core';
import type { Logger } from '@slipway/telemetry';
import type { MoneyHolds } from '../spending/money-holds.js';
import { FACT_RELAY, LEADERSHIP, MONEY_HOLDS, SCHEDULER } from '../tokens.js';
import type { Leadership } from './lead-shard/lead-shard.js';

const TICK_MS = 250;
const EVICT_MS = 30_000;
const SNAPSHOT_MS = 30_000;
/** A snapshot is worth its price when a start would otherwise read more events than this. */
const SNAPSHOT_EVERY_EVENTS = 20_000;

/** The scheduler's clockwork: ticks, evictions, snapshots, and the relay of facts. */
@Injectable()
export class RunScheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly timers: NodeJS.Timeout[] = [];
  private snapshotAt: number;

  constructor(
    @Inject(SCHEDULER) private readonly scheduler: Scheduler,
    @Inject(LEADERSHIP) private readonly leadership: Leadership,
    @Inject(FACT_RELAY) private readonly relay: FactRelay,
    @Inject(MONEY_HOLDS) private readonly money: MoneyHolds,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(READINESS) readiness: Readiness,
  ) {
    this.snapshotAt = leadership.position;
    readiness.add(
      'postgres',
      async () => (await leadership.opened.log.read(Number.MAX_SAFE_INTEGER, 1), true),
    );
  }

  onApplicationBootstrap(): void {
    this.relay.start();
    const { tasks } = this.leadership.state;
    this.money.begin((taskId) => (tasks.get(taskId)?.status ?? 'ended') !== 'ended');
    this.timers.push(
      setInterval(() => this.scheduler.tick(), TICK_MS),
      setInterval(() => this.scheduler.evict(), EVICT_MS),
      setInterval(() => void this.snapshot(), SNAPSHOT_MS),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.timers.forEach(clearInterval);
    this.money.end();
    await this.relay.stop();
    await this.leadership.resign();
  }

  /** Taken between two events, so it holds exactly what the log said up to its position. */
  private async snapshot(): Promise<void> {
    const { log } = this.leadership.opened;
    if (log.position - this.snapshotAt < SNAPSHOT_EVERY_EVENTS) return;
    const taken = this.scheduler.settled(() => ({
      position: log.position,
      state: takeSnapshot(this.leadership.state),
    }));
    if (taken === undefined) return;
    this.snapshotAt = taken.position;
    await this.leadership.opened
      .snapshotsOf(this.leadership.fence.shard)
      .save(taken)
      .catch((error: unknown) => this.logger.error({ err: error }, 'the snapshot could not be saved'));
  }
}

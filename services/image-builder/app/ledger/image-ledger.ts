import { setTimeout as pause } from 'node:timers/promises';
import { Images, type ImageCommand } from '@slipway/image-builder-core';
import type { FactRelay, PostgresEventLog, ShardLease } from '@slipway/event-store';
import type { Fence, StoredEvent } from '@slipway/kernel';

export type LedgerParts = Readonly<{
  log: PostgresEventLog;
  lease: ShardLease;
  relay: FactRelay;
  leaseMs: number;
  /** Called when another process leads: this one must end. */
  onDeposed: () => void;
}>;

const PAGE = 1000;

/** The one writer of the images' log: decides, writes down, and only then changes what it holds in memory. */
export class ImageLedger {
  readonly images = new Images();
  private fence: Fence | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(private readonly parts: LedgerParts) {}

  /** Waits for the lease, then folds the log. */
  async open(): Promise<void> {
    const { log, lease, relay } = this.parts;
    this.fence = await lease.acquire();
    await log.findEnd();
    for (let after = 0; ;) {
      const events = await log.read(after, PAGE);
      events.forEach((event) => this.images.apply(event));
      if (events.length < PAGE) break;
      after = events.at(-1)?.position ?? after;
    }
    relay.start();
    void this.keepLease();
  }

  /** Carries a command out, one after the other; throws a RefusedError when it is refused. */
  async execute(command: ImageCommand): Promise<void> {
    const done = this.queue.then(() => this.write(command));
    this.queue = done.catch(() => undefined);
    await done;
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.queue;
    await this.parts.relay.stop();
    if (this.fence) await this.parts.lease.release(this.fence);
  }

  private async write(command: ImageCommand): Promise<void> {
    const events = this.images.decide(command, Date.now());
    if (events.length === 0 || !this.fence) return;
    const last = await this.parts.log.append(events, this.fence);
    const stored: readonly StoredEvent[] = events.map((event, index) => ({
      ...event,
      position: last - events.length + 1 + index,
    }));
    stored.forEach((event) => this.images.apply(event));
    this.parts.relay.push(stored);
  }

  private async keepLease(): Promise<void> {
    while (!this.closed && this.fence) {
      await pause(this.parts.leaseMs / 3, undefined, { ref: false });
      if (this.closed) return;
      if (!(await this.parts.lease.renew(this.fence))) return this.parts.onDeposed();
    }
  }
}

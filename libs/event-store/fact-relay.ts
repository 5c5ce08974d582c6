import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { factSubject, type Fact, type FactBatch } from '@slipway/contracts';
import type { EventLog, StoredEvent } from '@slipway/kernel';
import { StringCodec, type NatsConnection } from 'nats';
import { forgetTold, isOfLog, lastTold, MOST_TOLD, UndoneFactsError } from './told-facts.js';

export type FactRelayOptions = Readonly<{
  service: string;
  log: EventLog;
  connection: NatsConnection;
  /** What others may know of an event; undefined: nothing. */
  factOf: (event: StoredEvent) => Fact | undefined;
  onError: (error: unknown) => void;
}>;

/** Events that wait in memory; what comes beyond is read from the log when its turn comes. */
const MOST_WAITING = 20 * MOST_TOLD;
/** A message takes 8 MiB at most, and readers hold one whole. */
const MOST_BYTES = 1024 * 1024;
/** Commits within this time share a message: readers of facts are never in a caller's way. */
const LINGER_MS = 250;
const RETRY_PAUSE_MS = 200;

/**
 * Publishes what was committed to the stream FACTS, in order, each position once.
 * Where it stands is read from the stream's own last message: a stream that was wiped is filled again from the log. One that tells
 * what the log does not know, since the log was restored from a backup, is emptied first.
 */
export class FactRelay {
  private relayed = 0;
  /** The last position of the last message, which the next one follows: events without facts make no message. */
  private told = 0;
  /** Part of the messages' ids: one history's are not taken for another's. */
  private history = randomUUID();
  private committed: StoredEvent[] = [];
  private wake: () => void = () => undefined;
  private stopped = false;
  private loop: Promise<void> | undefined;

  constructor(private readonly options: FactRelayOptions) {}

  start(): void {
    this.loop = this.run();
  }

  /** Hands over events that were just committed, which spares reading them from the log. */
  push(events: readonly StoredEvent[]): void {
    for (const event of events.slice(0, Math.max(0, MOST_WAITING - this.committed.length)))
      this.committed.push(event);
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.loop;
  }

  private async run(): Promise<void> {
    let positioned = false;
    while (!this.stopped) {
      try {
        if (!positioned) await this.findPlace();
        positioned = true;
        const events = await this.next();
        if (events.length === 0) await this.sleep();
        else await this.publish(events);
      } catch (error) {
        this.options.onError(error);
        positioned = false;
        await pause(RETRY_PAUSE_MS);
      }
    }
  }

  /** What follows what is relayed, without a gap: from memory as far as it is there, else from the log. */
  private async next(): Promise<readonly StoredEvent[]> {
    const known = this.committed.filter((event) => event.position > this.relayed);
    const wanted = known.slice(0, MOST_TOLD);
    const gap = wanted.findIndex((event, index) => event.position !== this.relayed + 1 + index);
    const following = gap === -1 ? wanted : wanted.slice(0, gap);
    this.committed = known.slice(following.length);
    return following.length > 0 ? following : this.options.log.read(this.relayed, MOST_TOLD);
  }

  /** In one message, or in several where it would be too large. */
  private async publish(events: readonly StoredEvent[]): Promise<void> {
    const { service, connection, factOf } = this.options;
    const firstPosition = this.told + 1;
    const lastPosition = events.at(-1)?.position ?? this.relayed;
    const told = events.flatMap((event) => {
      const fact = factOf(event);
      return fact === undefined ? [] : [{ fact, position: event.position }];
    });
    if (told.length > 0) {
      const [facts, positions] = [told.map(({ fact }) => fact), told.map(({ position }) => position)];
      const batch: FactBatch = { service, firstPosition, lastPosition, facts, positions };
      const message = StringCodec().encode(JSON.stringify(batch));
      if (message.length > MOST_BYTES && events.length > 1) {
        const half = events.length >> 1;
        await this.publish(events.slice(0, half));
        return this.publish(events.slice(half));
      }
      await connection
        .jetstream()
        .publish(factSubject(service), message, { msgID: `${service}-${this.history}-${lastPosition}` });
      this.told = lastPosition;
    }
    this.relayed = lastPosition;
  }

  private async findPlace(): Promise<void> {
    const { service, log, connection, onError } = this.options;
    const { streams } = await connection.jetstreamManager();
    const last = await lastTold(streams, service);
    const undone = last !== undefined && !(await isOfLog(last, log));
    if (undone) {
      onError(new UndoneFactsError(last));
      await forgetTold(streams, service);
      this.history = randomUUID();
    }
    this.told = this.relayed = last === undefined || undone ? 0 : last.lastPosition;
  }

  private async sleep(): Promise<void> {
    await new Promise<void>((resolve) => {
      const idle = setTimeout(resolve, 1_000);
      this.wake = () => {
        clearTimeout(idle);
        resolve();
      };
      if (this.stopped || this.committed.length > 0) this.wake();
    });
    await pause(LINGER_MS);
  }
}

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

/** What waits in memory, of so many events and with facts of so many characters; what comes beyond is read from the log when its turn comes. */
const MOST_WAITING = 20 * MOST_TOLD;
const MOST_WAITING_LENGTH = 8 * 1024 * 1024;
/** A message takes 8 MiB at most, and readers hold one whole. */
const MOST_BYTES = 1024 * 1024;
/** Commits within this time share a message: readers of facts are never in a caller's way. */
const LINGER_MS = 250;
const RETRY_PAUSE_MS = 200;

/** Of an event its position, and what is told of it, as JSON: arguments and results are not held. */
type Told = Readonly<{ position: number; fact?: string }>;

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
  private waiting: Told[] = [];
  private waitingLength = 0;
  private wake: () => void = () => undefined;
  private stopped = false;
  private loop: Promise<void> | undefined;

  constructor(private readonly options: FactRelayOptions) {}

  start(): void {
    this.loop = this.run();
  }

  /** Hands over events that were just committed, which spares reading them from the log. */
  push(events: readonly StoredEvent[]): void {
    for (const event of events) {
      if (this.waiting.length >= MOST_WAITING || this.waitingLength >= MOST_WAITING_LENGTH) break;
      const told = this.toldOf(event);
      this.waiting.push(told);
      this.waitingLength += lengthOf(told);
    }
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
        const told = await this.next();
        if (told.length === 0) await this.sleep();
        else await this.publish(told);
      } catch (error) {
        this.options.onError(error);
        positioned = false;
        await pause(RETRY_PAUSE_MS);
      }
    }
  }

  /** What follows what is relayed, without a gap: from memory as far as it is there, else from the log. */
  private async next(): Promise<readonly Told[]> {
    const known = this.waiting.filter(({ position }) => position > this.relayed);
    const wanted = known.slice(0, MOST_TOLD);
    const gap = wanted.findIndex(({ position }, index) => position !== this.relayed + 1 + index);
    const following = gap === -1 ? wanted : wanted.slice(0, gap);
    this.waiting = known.slice(following.length);
    this.waitingLength = this.waiting.reduce((sum, told) => sum + lengthOf(told), 0);
    if (following.length > 0) return following;
    return (await this.options.log.read(this.relayed, MOST_TOLD)).map((event) => this.toldOf(event));
  }

  private toldOf(event: StoredEvent): Told {
    const fact = this.options.factOf(event);
    return { position: event.position, ...(fact && { fact: JSON.stringify(fact) }) };
  }

  /** In one message, or in several where it would be too large. */
  private async publish(told: readonly Told[]): Promise<void> {
    const { service, connection } = this.options;
    const firstPosition = this.told + 1;
    const lastPosition = told.at(-1)?.position ?? this.relayed;
    const withFacts = told.filter(({ fact }) => fact !== undefined);
    if (withFacts.length > 0) {
      const positions = withFacts.map(({ position }) => position);
      const batch: Omit<FactBatch, 'facts'> = { service, firstPosition, lastPosition, positions };
      const facts = withFacts.map(({ fact }) => fact).join(',');
      const message = StringCodec().encode(`${JSON.stringify(batch).slice(0, -1)},"facts":[${facts}]}`);
      if (message.length > MOST_BYTES && told.length > 1) {
        const half = told.length >> 1;
        await this.publish(told.slice(0, half));
        return this.publish(told.slice(half));
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
      if (this.stopped || this.waiting.length > 0) this.wake();
    });
    await pause(LINGER_MS);
  }
}

const lengthOf = ({ fact }: Told): number => fact?.length ?? 0;

import type { Fact, FactBatch } from '@slipway/contracts';
import type { EventLog, StoredEvent } from '@slipway/kernel';
import type { NatsConnection } from 'nats';
import { FactRelay } from './fact-relay.js';

/** A log, and a stream that takes messages only while it is open. */
class Scene {
  readonly events: StoredEvent[] = [];
  readonly sent: FactBatch[] = [];
  readonly sizes: number[] = [];
  readonly errors: unknown[] = [];
  reads = 0;
  /** Messages that the relay has tried to send. */
  tried = 0;
  private opened: () => void = () => undefined;
  private open: Promise<void> = Promise.resolve();
  readonly relay: FactRelay;

  constructor(factOf: (event: StoredEvent) => Fact = ({ position }) => factAt(position)) {
    const publish = async (_subject: string, message: Uint8Array): Promise<void> => {
      this.tried += 1;
      await this.open;
      await new Promise((resolve) => setImmediate(resolve));
      this.sizes.push(message.length);
      this.sent.push(JSON.parse(Buffer.from(message).toString()) as FactBatch);
    };
    const getMessage = async (): Promise<unknown> => ({
      json: () => this.sent.at(-1) ?? { lastPosition: 0 },
    });
    this.relay = new FactRelay({
      service: 'spec',
      log: { read: (after: number, limit: number) => this.read(after, limit) } as EventLog,
      connection: {
        jetstream: () => ({ publish }),
        jetstreamManager: async () => ({ streams: { getMessage } }),
      } as unknown as NatsConnection,
      factOf,
      onError: (error) => this.errors.push(error),
    });
  }

  closeStream(): void {
    this.open = new Promise((resolve) => (this.opened = resolve));
  }

  openStream(): void {
    this.opened();
  }

  /** Commits so many events, and hands them over. */
  commit(count: number): void {
    const first = this.events.length + 1;
    const events = Array.from({ length: count }, (_, index) => eventAt(first + index));
    for (const event of events) this.events.push(event);
    this.relay.push(events);
  }

  async untilRelayed(): Promise<void> {
    while ((this.sent.at(-1)?.lastPosition ?? 0) < this.events.length)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await this.relay.stop();
    expect(this.errors).toEqual([]);
  }

  private async read(after: number, limit: number): Promise<readonly StoredEvent[]> {
    this.reads += 1;
    return this.events.slice(after, after + limit);
  }
}

const eventAt = (position: number): StoredEvent => ({
  position,
  stream: 's',
  version: position,
  type: 't',
  data: {},
  at: position,
});

const factAt = (position: number, reason = ''): Fact => ({
  at: position,
  type: 'app-stopped',
  appId: 'ap-1',
  reason,
});

/** Each fact once and in order, and no batch says that it tells of more than it does. */
const expectAll = ({ sent, events }: Scene): void => {
  expect(sent.flatMap(({ facts }) => facts.map(({ at }) => at))).toEqual(
    events.map(({ position }) => position),
  );
  sent.forEach(({ firstPosition, lastPosition, facts }) =>
    expect(facts.length).toBe(lastPosition - firstPosition + 1),
  );
};

test('what did not fit into memory is told from the log, and nothing twice', async () => {
  const scene = new Scene();
  scene.closeStream();
  scene.relay.start();
  scene.commit(500);
  while (scene.tried === 0) await new Promise((resolve) => setImmediate(resolve));
  for (let n = 0; n < 30; n += 1) scene.commit(701);
  scene.openStream();
  while (scene.sent.length < 3) await new Promise((resolve) => setImmediate(resolve));
  scene.commit(701);
  await scene.untilRelayed();
  expectAll(scene);
  expect(scene.reads).toBeGreaterThan(0);
});

test('one commit may be larger than what fits into memory', async () => {
  const scene = new Scene();
  scene.commit(150_000);
  scene.relay.start();
  await scene.untilRelayed();
  expectAll(scene);
});

test('large facts go out in messages that the stream takes', async () => {
  const large = 'x'.repeat(16 * 1024);
  const scene = new Scene(({ position }) => factAt(position, position % 2 === 0 ? large : ''));
  scene.commit(1_000);
  scene.relay.start();
  await scene.untilRelayed();
  expectAll(scene);
  expect(scene.sizes.every((bytes) => bytes <= 1024 * 1024)).toBe(true);
  expect(scene.sizes.length).toBeLessThan(50);
});

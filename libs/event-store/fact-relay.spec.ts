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
  /** Messages of an id that was seen before are swallowed. */
  readonly ids = new Set<string>();
  readonly purged: string[] = [];
  reads = 0;
  /** Messages that the relay has tried to send. */
  tried = 0;
  private opened: () => void = () => undefined;
  private open: Promise<void> = Promise.resolve();
  readonly relay: FactRelay;

  constructor(factOf: (event: StoredEvent) => Fact | undefined = ({ position }) => factAt(position)) {
    const publish = async (_: string, message: Uint8Array, { msgID }: { msgID: string }): Promise<void> => {
      this.tried += 1;
      if (this.ids.has(msgID)) return;
      this.ids.add(msgID);
      await this.open;
      await new Promise((resolve) => setImmediate(resolve));
      this.sizes.push(message.length);
      this.sent.push(JSON.parse(Buffer.from(message).toString()) as FactBatch);
    };
    const getMessage = async (): Promise<unknown> => {
      const last = this.sent.at(-1);
      if (last === undefined) throw Object.assign(new Error('no message found'), { code: '404' });
      return { json: () => last };
    };
    const purge = async (_stream: string, { filter }: { filter: string }): Promise<void> => {
      this.purged.push(filter);
      this.sent.length = 0;
    };
    this.relay = new FactRelay({
      service: 'spec',
      log: { read: (after: number, limit: number) => this.read(after, limit) } as EventLog,
      connection: {
        jetstream: () => ({ publish }),
        jetstreamManager: async () => ({ streams: { getMessage, purge } }),
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
const expectAll = ({ sent, events, errors }: Scene): void => {
  expect(errors).toEqual([]);
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

test('large facts wait in memory up to a bound, the others in the log', async () => {
  let told = 0;
  const scene = new Scene(({ position }) => {
    told += 1;
    return factAt(position, 'x'.repeat(64 * 1024));
  });
  scene.commit(200);
  expect(told).toBe(128);
  scene.relay.start();
  await scene.untilRelayed();
  expectAll(scene);
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

/** The stream has what an earlier relay of another log told of it. */
const toldBefore = (scene: Scene, events: readonly StoredEvent[]): void => {
  const lastPosition = events.at(-1)!.position;
  const facts = events.map(({ at }) => ({ ...factAt(0), at }));
  scene.sent.push({ service: 'spec', firstPosition: events[0]!.position, lastPosition, facts });
  scene.ids.add(`spec-${lastPosition}`);
};

test('what the stream tells of a log that was restored since is removed, said, and told anew from the log', async () => {
  const scene = new Scene();
  toldBefore(scene, [6, 7, 8].map(eventAt));
  scene.commit(5);
  scene.relay.start();
  while (scene.purged.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await scene.untilRelayed();
  expect(scene.purged).toEqual(['facts.spec']);
  expect(scene.errors).toMatchObject([{ message: expect.stringContaining('up to 8') as string }]);
  expectAll({ ...scene, errors: [] } as unknown as Scene);
});

test('a restored log that has grown beyond what the stream tells is known by its moments', async () => {
  const scene = new Scene();
  toldBefore(
    scene,
    [2, 3].map((position) => ({ ...eventAt(position), at: 77 + position })),
  );
  scene.commit(5);
  scene.relay.start();
  while (scene.purged.length === 0) await new Promise((resolve) => setImmediate(resolve));
  await scene.untilRelayed();
  expectAll({ ...scene, errors: [] } as unknown as Scene);
});

test('where the stream tells what the log knows, the relay goes on behind it', async () => {
  const scene = new Scene();
  toldBefore(scene, [1, 2, 3].map(eventAt));
  scene.commit(5);
  scene.relay.start();
  await scene.untilRelayed();
  expect(scene.purged).toEqual([]);
  expectAll(scene);
});

test('a message follows the one before, whatever of the log between them is told nobody', async () => {
  const scene = new Scene(({ position }) => (position % 3_000 === 1 ? factAt(position) : undefined));
  scene.commit(9_001);
  scene.relay.start();
  await scene.untilRelayed();
  expect(scene.sent.map(({ firstPosition }) => firstPosition)).toEqual([
    1,
    ...scene.sent.slice(0, -1).map(({ lastPosition }) => lastPosition + 1),
  ]);
  expect(scene.sent.flatMap(({ facts }) => facts)).toHaveLength(4);
  expect(scene.sent.flatMap(({ positions }) => positions)).toEqual([1, 3_001, 6_001, 9_001]);
});

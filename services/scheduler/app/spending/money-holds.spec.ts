import { setTimeout as pause } from 'node:timers/promises';
import type { AnswerOf, AskHold, AskOf, RequestName } from '@slipway/contracts';
import type { SpendWant } from '@slipway/scheduler-core';
import type { Bus } from '@slipway/messaging';
import { createLogger } from '@slipway/telemetry';
import { MoneyHolds } from './money-holds.js';

const LIFE_MS = 60_000;
const WANT: SpendWant = {
  workspaceId: 'ws-1',
  environment: 'main',
  key: 'small',
  ceiling: { milliCpu: 1_000, memoryMiB: 128, diskMiB: 0, gpus: [] },
};

/** A billing with money for so many containers, behind a bus that can be away. */
class Money {
  left = 0;
  /** How often it was asked for money, answered or not. */
  asked = 0;
  state: 'there' | 'away' = 'there';
  private onQuestion = (): void => undefined;
  /** Settles when the first question is on its way. */
  readonly questioned = new Promise<void>((resolve) => (this.onQuestion = resolve));
  readonly questions: (readonly AskHold[])[] = [];
  /** What an earlier process had held. */
  before: readonly string[] = [];
  readonly released: AskOf<'billing.release-spend'>[] = [];

  readonly bus: { -readonly [Name in 'request' | 'onSignal']: Bus[Name] } = {
    onSignal: () => () => undefined,
    request: async <Name extends RequestName>(name: Name, body: AskOf<Name>): Promise<AnswerOf<Name>> => {
      if (name === 'billing.hold-spend') this.asked += 1;
      if (this.state === 'away') throw new Error('nobody answers');
      if (name === 'billing.hold-spend') {
        this.onQuestion();
        await pause(20);
      }
      return this.answer(name, body) as AnswerOf<Name>;
    },
  };

  private answer(name: RequestName, body: unknown): unknown {
    switch (name) {
      case 'billing.list-spend-caps':
        return { caps: [{ workspaceId: 'ws-1' }, { workspaceId: 'ws-2', environment: 'prod' }] };
      case 'billing.release-spend':
        this.released.push(body as AskOf<'billing.release-spend'>);
        return {};
      case 'billing.list-holds':
        return { holdIds: this.before };
      case 'billing.hold-spend': {
        const { holds } = body as AskOf<'billing.hold-spend'>;
        this.questions.push(holds);
        return {
          verdicts: holds.map(({ holdId }) => {
            if (this.left === 0) return { holdId, verdict: 'refused', message: 'The budget is 1.00 USD' };
            this.left -= 1;
            return { holdId, verdict: 'held' };
          }),
        };
      }
      default:
        throw new Error(`${name} is not asked here`);
    }
  }
}

let money: Money;
let holds: MoneyHolds;
let tasks: number;

/** Settles when the holds know something that they did not know before. */
const news = (): Promise<void> => new Promise((resolve) => (holds.onNews = resolve));

beforeEach(async () => {
  money = new Money();
  tasks = 0;
  holds = new MoneyHolds(
    money.bus,
    { shard: 'all', newTaskId: () => `ta-${(tasks += 1)}` },
    createLogger('spec', 'silent'),
  );
  const told = news();
  holds.begin((taskId) => taskId === 'ta-live');
  await told;
});
afterEach(() => holds.end());

test('only what is under a cap waits for money', () => {
  expect(holds.isCapped('ws-1', 'main')).toBe(true);
  expect(holds.isCapped('ws-2', 'prod')).toBe(true);
  expect(holds.isCapped('ws-2', 'main')).toBe(false);
});

test('before billing has said which caps there are, everything may be under one', () => {
  const unknown = new MoneyHolds(
    money.bus,
    { shard: 'all', newTaskId: () => 'ta' },
    createLogger('spec', 'silent'),
  );
  expect(unknown.isCapped('ws-2', 'main')).toBe(true);
});

test('a burst asks for all its containers in one question, and each hold starts one container', async () => {
  money.left = 3;
  const told = news();
  expect(holds.start(WANT, LIFE_MS, 3, Date.now())).toEqual({ kind: 'waiting' });
  expect(holds.start(WANT, LIFE_MS, 3, Date.now())).toEqual({ kind: 'waiting' });
  await told;
  expect(money.questions.map((asked) => asked.length)).toEqual([3]);
  const started = new Set<string>();
  for (let more = 0; more < 3; more += 1) {
    const answer = holds.start(WANT, LIFE_MS, 3 - more, Date.now());
    if (answer.kind !== 'held') throw new Error(`it is ${answer.kind}`);
    started.add(answer.taskId);
    holds.started(answer.taskId);
  }
  expect(started.size).toBe(3);
});

test('what does not fit is refused with what billing said, and is not asked again at once', async () => {
  const told = news();
  holds.start(WANT, LIFE_MS, 1, Date.now());
  await told;
  const refused = { kind: 'refused', message: 'The budget is 1.00 USD' };
  expect(holds.start(WANT, LIFE_MS, 1, Date.now())).toEqual(refused);
  expect(holds.start(WANT, LIFE_MS, 1, Date.now())).toEqual(refused);
  expect(money.questions).toHaveLength(1);
});

test('while billing is away nothing starts and little is asked, and all goes on when it is back', async () => {
  money.left = 2;
  money.state = 'away';
  let newsWhileAway = 0;
  // What hears news looks again at what is to be started, as the scheduler does.
  holds.onNews = () => {
    newsWhileAway += 1;
    holds.start(WANT, LIFE_MS, 50, Date.now());
  };
  expect(holds.start(WANT, LIFE_MS, 50, Date.now())).toEqual({ kind: 'waiting' });
  const since = Date.now();
  for (; Date.now() < since + 1_200; await pause(20)) {
    expect(holds.start(WANT, LIFE_MS, 50, Date.now())).toEqual({ kind: 'waiting' });
    holds.extend('ta-old', WANT, Date.now() + LIFE_MS, Date.now());
  }
  expect(newsWhileAway).toBe(0);
  expect(money.asked).toBeLessThanOrEqual(1 + Math.ceil((Date.now() - since) / 500));
  expect(tasks).toBeLessThanOrEqual(50 * (money.asked + 1));
  holds.onNews = () => undefined;
  // Enough for all that was asked for meanwhile, whichever of it is asked first.
  money.left = 1_000;
  money.state = 'there';
  while (holds.coveredUntil('ta-old') <= Date.now()) {
    holds.extend('ta-old', WANT, Date.now() + LIFE_MS, Date.now());
    await pause(20);
  }
});

test('what is wanted while a question is on its way is asked with the next one', async () => {
  money.left = 2;
  const first = news();
  holds.start(WANT, LIFE_MS, 1, Date.now());
  await pause(10);
  holds.start({ ...WANT, key: 'large' }, LIFE_MS, 1, Date.now());
  await first;
  await news();
  expect(holds.start({ ...WANT, key: 'large' }, LIFE_MS, 1, Date.now())).toMatchObject({ kind: 'held' });
});

test("a container's money lasts until its hold ends, and is given back when it is gone", async () => {
  money.left = 1;
  const at = Date.now();
  let told = news();
  holds.extend('ta-old', WANT, at + LIFE_MS, at);
  await told;
  expect(holds.coveredUntil('ta-old')).toBe(at + LIFE_MS);
  told = news();
  holds.extend('ta-old', WANT, at + 2 * LIFE_MS, at);
  await told;
  expect(holds.refusal('ta-old')).toBe('The budget is 1.00 USD');
  expect(holds.coveredUntil('ta-old')).toBe(at + LIFE_MS);
  told = news();
  holds.ended('ta-old');
  await told;
  expect(money.released).toEqual([{ holdIds: ['ta-old'], unused: [] }]);
  expect(holds.coveredUntil('ta-old')).toBe(0);
});

test('a hold that no longer lasts for a whole life is given back, and another one is asked for', async () => {
  money.left = 2;
  const at = Date.now();
  let told = news();
  holds.start(WANT, LIFE_MS, 1, at);
  await told;
  told = news();
  expect(holds.start(WANT, LIFE_MS, 1, at + LIFE_MS)).toEqual({ kind: 'waiting' });
  await told;
  expect(money.released).toEqual([{ holdIds: [], unused: ['ta-1'] }]);
  expect(holds.start(WANT, LIFE_MS, 1, at + LIFE_MS)).toEqual({ kind: 'held', taskId: 'ta-2' });
});

test('what is given back while others are being given back is given back too', async () => {
  money.left = 2;
  const at = Date.now();
  for (const taskId of ['ta-a', 'ta-b']) holds.extend(taskId, WANT, at + LIFE_MS, at);
  await news();
  const { request } = money.bus;
  let onWay = (): void => undefined;
  money.bus.request = (async (name: RequestName, body: never) => {
    if (name === 'billing.release-spend') onWay();
    return request(name, body);
  }) as typeof request;
  onWay = () => {
    onWay = () => undefined;
    holds.ended('ta-b');
  };
  holds.ended('ta-a');
  await news();
  await news();
  expect(money.released.flatMap(({ holdIds }) => holdIds)).toEqual(['ta-a', 'ta-b']);
});

test('what an earlier process had held for containers that are not there is given back, once', async () => {
  holds.end();
  money.before = ['ta-lost', 'ta-live', 'ta-1'];
  money.left = 1;
  holds = new MoneyHolds(
    money.bus,
    { shard: 'all', newTaskId: () => 'ta-1' },
    createLogger('spec', 'silent'),
  );
  holds.start(WANT, LIFE_MS, 1, Date.now());
  const told = news();
  holds.begin((taskId) => taskId === 'ta-live');
  await told;
  await news();
  expect(money.released).toEqual([{ holdIds: ['ta-lost'], unused: [] }]);
  expect(holds.start(WANT, LIFE_MS, 1, Date.now())).toEqual({ kind: 'held', taskId: 'ta-1' });
});

test('a container that is gone before its question is answered holds nothing', async () => {
  money.left = 1;
  const at = Date.now();
  holds.extend('ta-old', WANT, at + LIFE_MS, at);
  await money.questioned;
  holds.ended('ta-old');
  await news();
  await news();
  expect(holds.coveredUntil('ta-old')).toBe(0);
  expect(money.released).toEqual([{ holdIds: ['ta-old'], unused: [] }]);
});

test('what was held for a smaller container is not enough for one that may use more by now', async () => {
  money.left = 2;
  let told = news();
  holds.start(WANT, LIFE_MS, 1, Date.now());
  await told;
  told = news();
  const larger = { ...WANT, ceiling: { ...WANT.ceiling, milliCpu: 64_000 } };
  expect(holds.start(larger, LIFE_MS, 1, Date.now())).toEqual({ kind: 'waiting' });
  await told;
  expect(money.released).toEqual([{ holdIds: [], unused: ['ta-1'] }]);
  expect(holds.start(larger, LIFE_MS, 1, Date.now())).toEqual({ kind: 'held', taskId: 'ta-2' });
});

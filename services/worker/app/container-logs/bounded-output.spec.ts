import { jest } from '@jest/globals';
import { BoundedOutput, type Output } from './bounded-output.js';

const GAP_MS = 5_000;
const LINE = `${'x'.repeat(1_023)}\n`;

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
afterEach(() => void jest.useRealTimers());

/** A container that may say 10 KiB at once and 1 KiB a second, and what of its words reached the logs. */
const container = () => {
  const heard: Output[] = [];
  const bounded = new BoundedOutput({ bytesPerSecond: 1_024, burstBytes: 10_240 }, (output) => {
    heard.push(output);
    return undefined;
  });
  const waits: (Promise<void> | undefined)[] = [];
  const say = (data: string, callId = 'fc-1', inputId = 'in-1'): void =>
    void waits.push(bounded.add({ kind: 'output', at: Date.now(), stream: 'stdout', data, callId, inputId }));
  const texts = () => heard.map(({ data }) => data);
  return { bounded, say, waits, heard, texts };
};

test('what is within the bounds passes as it is', () => {
  const { say, waits, texts } = container();
  say('one\n');
  say('two\n');
  expect(waits).toEqual([undefined, undefined]);
  expect(texts()).toEqual(['one\n', 'two\n']);
});

test('of what is beyond one line tells, and then comes the last of it', () => {
  const { say, texts, heard } = container();
  for (let line = 0; line < 1_000; line += 1) say(LINE);
  say('all is lost\n');
  const passed = heard.length;
  expect(passed).toBeLessThan(12);
  jest.advanceTimersByTime(GAP_MS);
  expect(texts().slice(passed)).toEqual([
    `[slipway] ${1_000 - passed} KiB of output left out: more than 1 KiB/s\n`,
    'all is lost\n',
  ]);
  expect(heard[passed]).toMatchObject({ stream: 'info', callId: 'fc-1' });
  const times = heard.map(({ at }) => at);
  expect(times).toEqual(times.toSorted());
  jest.advanceTimersByTime(GAP_MS);
  expect(heard).toHaveLength(passed + 2);
});

test('a container that ends tells at once what was left out', () => {
  const { bounded, say, texts } = container();
  for (let line = 0; line < 100; line += 1) say(LINE);
  bounded.endGap();
  expect(texts().at(-2)).toMatch(/ KiB of output left out/);
  expect(texts().at(-1)).toBe(LINE);
  const told = texts().length;
  bounded.endGap();
  jest.advanceTimersByTime(GAP_MS);
  expect(texts()).toHaveLength(told);
});

test.each([
  { of: 'call', speaker: ['fc-2', 'in-1'] },
  { of: 'input', speaker: ['fc-1', 'in-2'] },
] as const)(
  'what is left out of the log of one $of is told there alone',
  ({ speaker: [callId, inputId] }) => {
    const { bounded, say, heard } = container();
    for (let line = 0; line < 100; line += 1) say(LINE);
    const passed = heard.length;
    for (let line = 0; line < 10; line += 1) say(LINE, callId, inputId);
    bounded.endGap();
    const of = (output: Output) => [output.stream, output.callId, output.inputId];
    expect(heard.slice(passed).map(of)).toEqual([
      ['info', 'fc-1', 'in-1'],
      ['stdout', 'fc-1', 'in-1'],
      ['info', callId, inputId],
      ['stdout', callId, inputId],
    ]);
  },
);

test('inputs that are many and short say little beyond the share', () => {
  const { say, texts } = container();
  for (let line = 0; line < 20; line += 1) say(LINE);
  const passed = texts().length;
  for (let input = 0; input < 100; input += 1) say(`${'x'.repeat(30_000)}!\n`, 'fc-1', `in-${input}`);
  const last = texts().slice(passed + 2);
  expect(last.filter((text) => text.endsWith('!\n'))).toHaveLength(99);
  expect(last.filter((text) => text.includes('left out'))).toHaveLength(99);
  expect(Math.max(...last.map((text) => text.length))).toBe(2_000);
});

test('control characters count as the stream holds them', () => {
  const { say, texts } = container();
  for (let line = 0; line < 20; line += 1) say('\0'.repeat(1_024));
  expect(texts()).toHaveLength(2);
});

test('one piece too much is only late', () => {
  const { bounded, say, texts } = container();
  const said = Array.from({ length: 100 }, (_, line) => `${line} ${LINE}`);
  for (const line of said) {
    const before = texts().length;
    say(line);
    if (texts().length === before) break;
  }
  bounded.endGap();
  expect(texts()).toEqual(said.slice(0, texts().length));
});

test('after a gap as much passes as has come together since', () => {
  const { say, heard } = container();
  for (let line = 0; line < 100; line += 1) say(LINE);
  jest.advanceTimersByTime(GAP_MS);
  const before = heard.length;
  for (let line = 0; line < 100; line += 1) say(LINE);
  expect(heard.length - before).toBeGreaterThanOrEqual(4);
  expect(heard.length - before).toBeLessThanOrEqual(5);
});

test('who says too much waits a moment for each piece, and does not wait for ever', async () => {
  const { say, waits } = container();
  for (let line = 0; line < 20; line += 1) say(LINE);
  expect(waits.at(-1)).toBeDefined();
  await waits.at(-1);
});

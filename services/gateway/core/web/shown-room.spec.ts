import { isShownFull, oneLeft, pauseOver, saidBusy, type ShownRoom } from './shown-room.js';

/** The pauses of a container that refuses after each. */
const pauses = (count: number, busyTasks: number): readonly number[] => {
  let room: ShownRoom | undefined;
  return Array.from({ length: count }, () => {
    room = saidBusy(room === undefined ? room : pauseOver(room), 0, busyTasks);
    return room.pauseMs;
  });
};

test('a container that said that it is busy is full with what it has, until one of that leaves', () => {
  const room = saidBusy(undefined, 2, 1);
  expect(isShownFull(undefined, 2)).toBe(false);
  expect(isShownFull(room, 2)).toBe(true);
  expect(isShownFull(oneLeft(room), 1)).toBe(false);
});

test('of requests that were sent at once and refused, all count, and the pause begins once', () => {
  const { pauseMs } = saidBusy(undefined, 3, 1);
  const room = saidBusy(saidBusy(undefined, 3, 1), 2, 1);
  expect(room).toEqual({ status: 'full', places: 2, pauseMs });
});

test('after the pause it may have room, and the next pause is longer, up to a limit', () => {
  expect(isShownFull(pauseOver(saidBusy(undefined, 0, 1)), 0)).toBe(false);
  expect(pauses(8, 1)).toEqual([5, 10, 20, 40, 80, 160, 200, 200]);
});

test('the more containers are busy, the rarer each of them is asked', () => {
  expect(pauses(12, 100).at(-1)).toBe(1_000);
});

test('pauses begin anew when one has left', () => {
  const first = saidBusy(undefined, 1, 1);
  const second = saidBusy(pauseOver(first), 1, 1);
  expect(second.pauseMs).toBeGreaterThan(first.pauseMs);
  expect(oneLeft(second)).toEqual(first);
  expect(oneLeft(pauseOver(second))).toBeUndefined();
});

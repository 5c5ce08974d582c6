import { failuresAfter, restartDelayMs } from './restart-delay.ts';

describe('restarts', () => {
  test('a process that dies at once again and again waits twice as long each time, 2 s at most', () => {
    expect([1, 2, 3, 4, 5, 6, 60].map(restartDelayMs)).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000]);
  });

  test('a process that has lived for 10 s starts again as after a first failure', () => {
    expect(restartDelayMs(failuresAfter(5, 10_000))).toBe(100);
    expect(restartDelayMs(failuresAfter(5, 9_999))).toBe(2_000);
  });
});

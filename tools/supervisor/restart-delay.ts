const firstMs = 100;
const longestMs = 2_000;
const steadyMs = 10_000;

/** How many failures in a row there are, after a process that lived for `uptimeMs` has died. */
export const failuresAfter = (failures: number, uptimeMs: number): number =>
  uptimeMs >= steadyMs ? 1 : failures + 1;

/** How long to wait before the next start: 100 ms after one failure, doubled for each further one, 2 s at most. */
export const restartDelayMs = (failures: number): number =>
  Math.min(longestMs, firstMs * 2 ** Math.max(0, failures - 1));

const LONGEST_POLL_MS = 55_000;

/** Until when a long poll may be held, from the seconds that the client is ready to wait; never longer than 55 s. */
export const pollUntil = (timeoutSeconds: number): number =>
  Date.now() + Math.min(Math.max(timeoutSeconds, 0) * 1000, LONGEST_POLL_MS);

/** How long one question to a service is held. */
export const HELD_MS = 25_000;

const SHORTEST_INHERITED_SECONDS = 30;

/**
 * How long a container may take until it is ready, in milliseconds. Clients send the timeout of one input where no startup
 * timeout was given; a short one is meant for inputs, and would never let a container of a busy machine start.
 */
export const startupTimeoutMs = (startupTimeoutSecs: number, timeoutSecs: number): number =>
  1000 *
  (startupTimeoutSecs === 0 || startupTimeoutSecs === timeoutSecs
    ? Math.max(timeoutSecs, SHORTEST_INHERITED_SECONDS)
    : startupTimeoutSecs);

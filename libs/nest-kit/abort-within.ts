export type AbortWithin = Readonly<{
  signal: AbortSignal;
  /** Lets go of the clock and of the other signals. */
  end: () => void;
}>;

/**
 * A signal that comes with the first of the others, or after `ms`. It holds its clock itself: AbortSignal.any holds its sources
 * weakly, so that a timeout which nobody else holds may be collected and never come.
 */
export const abortWithin = (ms: number, ...others: readonly AbortSignal[]): AbortWithin => {
  const first = new AbortController();
  const abort = (): void => {
    end();
    first.abort();
  };
  const clock = setTimeout(abort, Math.max(0, ms)).unref();
  const end = (): void => {
    clearTimeout(clock);
    for (const other of others) other.removeEventListener('abort', abort);
  };
  for (const other of others) other.addEventListener('abort', abort, { once: true });
  if (others.some(({ aborted }) => aborted)) abort();
  return { signal: first.signal, end };
};

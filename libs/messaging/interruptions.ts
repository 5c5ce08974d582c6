/**
 * Tells those who wait on a long poll that its answer may never come:
 * the answering service started anew, or the bus was away.
 */
export class Interruptions {
  private readonly waiting = new Map<string, Set<() => void>>();

  /** Resolves at the next interruption of `service`; call `stop` when it no longer matters. */
  next(service: string): { interrupted: Promise<void>; stop: () => void } {
    const waiters = this.waiting.get(service) ?? new Set();
    this.waiting.set(service, waiters);
    let resolve: () => void = () => undefined;
    const interrupted = new Promise<void>((done) => (resolve = done));
    waiters.add(resolve);
    return { interrupted, stop: () => waiters.delete(resolve) };
  }

  interrupt(service: string): void {
    const waiters = this.waiting.get(service);
    this.waiting.delete(service);
    waiters?.forEach((resolve) => resolve());
  }

  interruptAll(): void {
    for (const service of [...this.waiting.keys()]) this.interrupt(service);
  }
}

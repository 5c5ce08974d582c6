import type { Instant } from '@slipway/kernel';
import type { Observation } from '../simulation/policy-port.js';

/** Which offers were refused lately: asked again only after a while, as every tool of its kind does. */
export class RefusalMemory {
  readonly #until = new Map<string, Instant>();
  readonly #forgetsAfterMs: number;

  constructor(forgetsAfterMs: number) {
    this.#forgetsAfterMs = forgetsAfterMs;
  }

  learn({ at, refusals }: Observation): void {
    for (const { offerId } of refusals) this.#until.set(offerId, at + this.#forgetsAfterMs);
  }

  isClosed(offerId: string, at: Instant): boolean {
    return (this.#until.get(offerId) ?? 0) > at;
  }
}

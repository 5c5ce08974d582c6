import type { Instant } from '@slipway/kernel';
import { toBuyFor, type Wanted } from './demand-ledger.js';
import { DemandMeter, type MeteredStep } from './demand-meter.js';

/** Meters what hosts are to be bought for, and of it those that no host had room for. */
export class WantedMeter {
  private readonly all: DemandMeter;
  private readonly lacking: DemandMeter;

  constructor(stepMs?: number) {
    this.all = new DemandMeter(stepMs);
    this.lacking = new DemandMeter(stepMs);
  }

  /** From `at` on this is wanted, by demand key. Answers the steps that were finished meanwhile. */
  set(wanted: ReadonlyMap<string, Wanted>, at: Instant): readonly MeteredStep[] {
    const levels = (level: (one: Wanted) => number) =>
      new Map([...wanted].map(([key, one]) => [key, level(one)] as const));
    return beside(
      this.all.set(levels(toBuyFor), at),
      this.lacking.set(
        levels(({ lacking }) => lacking),
        at,
      ),
    );
  }

  /** Time has passed until `at`. Answers the steps that were finished meanwhile. */
  advance(at: Instant): readonly MeteredStep[] {
    return beside(this.all.advance(at), this.lacking.advance(at));
  }
}

/** Both meters are told the same moments, so they finish the same steps. */
const beside = (all: readonly MeteredStep[], lacking: readonly MeteredStep[]): readonly MeteredStep[] =>
  all.map((step, index) => ({ ...step, lacking: lacking[index]!.containers }));

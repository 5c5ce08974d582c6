import { usageSourceOf, type RefusedUsage, type UsageFact } from '@slipway/contracts';
import { canonicalText } from './canonical-text.js';
import type { KnownFact, KnownSource } from './known-usage.js';
import { factKey, lateFacts, takeBatch, type CheckedFact } from './take-batch.js';

/** What billing has stored, in memory, written by the rules of take-batch.ts alone. */
export class UsageInMemory {
  readonly sources = new Map<string, KnownSource>();
  readonly taken: UsageFact[] = [];
  readonly refused: RefusedUsage[] = [];
  private readonly facts = new Map<string, KnownFact>();

  take(facts: readonly UsageFact[], atMs: number): void {
    const checked = facts.map((fact, index) => ({ index, fact, digest: canonicalText(fact) }));
    const { taken, sources, refused } = takeBatch(
      checked,
      { sources: this.sources, facts: this.besides(lateFacts(checked, this.sources)) },
      atMs,
    );
    for (const source of sources) this.sources.set(source.source, source);
    for (const { fact, digest } of taken) {
      this.facts.set(factKey(usageSourceOf(fact), fact.sequence), {
        fromMs: fact.fromMs,
        durationNs: fact.durationNs,
        digest,
      });
      this.taken.push(fact);
    }
    this.refused.push(...refused);
  }

  /** As much as is read of a table: what has the same name or lies beside it. */
  private besides(late: readonly CheckedFact[]): ReadonlyMap<string, KnownFact> {
    const keys = late.flatMap(({ fact }) =>
      [-1, 0, 1].map((step) => factKey(usageSourceOf(fact), fact.sequence + step)),
    );
    return new Map(
      keys.flatMap((key) => {
        const fact = this.facts.get(key);
        return fact === undefined ? [] : [[key, fact] as const];
      }),
    );
  }

  durationNs(source: string): bigint {
    return this.taken
      .filter((fact) => usageSourceOf(fact) === source)
      .reduce((sum, { durationNs }) => sum + BigInt(durationNs), 0n);
  }
}

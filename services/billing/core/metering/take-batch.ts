import { usageSourceOf, type RefusedUsage, type UsageFact } from '@slipway/contracts';
import type { KnownFact, KnownSource } from './known-usage.js';
import { takeFact } from './take-fact.js';

export type CheckedFact = Readonly<{ index: number; fact: UsageFact; digest: string }>;

/** What is stored already of the sources of a batch. */
export type StoredUsage = Readonly<{
  sources: ReadonlyMap<string, KnownSource>;
  facts: ReadonlyMap<string, KnownFact>;
}>;

export type TakenBatch<Checked extends CheckedFact> = Readonly<{
  taken: readonly Checked[];
  /** The sources as they are now known. */
  sources: readonly KnownSource[];
  refused: readonly RefusedUsage[];
}>;

/** The name of a fact. */
export const factKey = (source: string, sequence: number): string => `${source} ${sequence}`;

/**
 * The facts for which it matters what is stored under the same name and beside it: those that are not behind all that came of
 * their source before. For any other one, what is known of the source says enough.
 */
export const lateFacts = (
  facts: readonly CheckedFact[],
  sources: StoredUsage['sources'],
): readonly CheckedFact[] => {
  const highest = new Map<string, number>();
  return facts.filter(({ fact }) => {
    const source = usageSourceOf(fact);
    const before = highest.get(source) ?? sources.get(source)?.highestSequence;
    const late = before !== undefined && fact.sequence <= before;
    if (!late) highest.set(source, fact.sequence);
    return late;
  });
};

/** Decides over facts one after another, each knowing those before it. */
export const takeBatch = <Checked extends CheckedFact>(
  facts: readonly Checked[],
  stored: StoredUsage,
  atMs: number,
): TakenBatch<Checked> => {
  const changed = new Map<string, KnownSource>();
  const known = new Map(stored.facts);
  const taken: Checked[] = [];
  const refused: RefusedUsage[] = [];
  for (const checked of facts) {
    const { index, fact, digest } = checked;
    const source = usageSourceOf(fact);
    const verdict = takeFact(
      fact,
      digest,
      {
        source: changed.get(source) ?? stored.sources.get(source),
        factAt: (sequence) => known.get(factKey(source, sequence)),
      },
      atMs,
    );
    switch (verdict.kind) {
      case 'taken':
        changed.set(source, verdict.source);
        known.set(factKey(source, fact.sequence), {
          fromMs: fact.fromMs,
          durationNs: fact.durationNs,
          digest,
        });
        taken.push(checked);
        break;
      case 'refused':
        refused.push({ index, code: verdict.code, message: verdict.message });
        break;
      case 'repeated':
        break;
      default:
        verdict satisfies never;
    }
  }
  return { taken, sources: [...changed.values()], refused };
};

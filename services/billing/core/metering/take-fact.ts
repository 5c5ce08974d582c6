import type { UsageAnomalyCode, UsageFact } from '@slipway/contracts';
import { ownerOf, untilMsOf, withFact, type KnownFact, type KnownSource } from './known-usage.js';

/** How far the clock of a worker may be ahead of billing's. */
const CLOCKS_DIFFER_MS = 10 * 60 * 1000;
/** Stamps are whole milliseconds, rounded down. */
const ROUNDING_MS = 1;

export type Verdict = Readonly<
  | { kind: 'taken'; source: KnownSource }
  /** It was taken before, word for word. */
  | { kind: 'repeated' }
  | { kind: 'refused'; code: UsageAnomalyCode; message: string }
>;

/** What else is known of the fact's source. `factAt` answers for the fact's own sequence and the two beside it. */
export type KnownBefore = Readonly<{
  source: KnownSource | undefined;
  factAt: (sequence: number) => KnownFact | undefined;
}>;

/**
 * Decides over a well-formed fact; `digest` stands for all that it says. Facts may come late and in any order: what counts is
 * that each name is counted once, and that no two facts of a source lie over one another in time.
 */
export const takeFact = (
  fact: UsageFact,
  digest: string,
  { source, factAt }: KnownBefore,
  atMs: number,
): Verdict => {
  const name = `fact ${fact.sequence} of ${fact.kind} ${fact.kind === 'container' ? fact.containerId : fact.volumeId}`;
  const same = factAt(fact.sequence);
  if (same !== undefined) {
    if (same.digest === digest) return { kind: 'repeated' };
    return refused('contradicting-usage', `${name} came again and says something else; the first one counts`);
  }
  const untilMs = untilMsOf(fact);
  if (untilMs > atMs + CLOCKS_DIFFER_MS)
    return refused(
      'usage-in-the-future',
      `${name} ends at ${stamp(untilMs)}, but it is ${stamp(atMs)}: set the clock of its host right`,
    );
  if (source !== undefined) {
    if (source.owner !== ownerOf(fact))
      return refused(
        'changed-owner',
        `${name} is said to be of ${ownerOf(fact)}, but earlier ones were of ${source.owner}`,
      );
    const overlap = overlapOf(fact, source, factAt);
    if (overlap !== undefined) return refused('overlapping-usage', `${name} ${overlap}`);
  }
  return { kind: 'taken', source: withFact(source, fact, atMs) };
};

const overlapOf = (
  fact: UsageFact,
  source: KnownSource,
  factAt: KnownBefore['factAt'],
): string | undefined => {
  const { sequence, fromMs } = fact;
  const isEnd = fact.kind === 'container' && fact.end !== undefined;
  if (source.endSequence !== undefined && sequence > source.endSequence)
    return `comes after fact ${source.endSequence}, which said that it was the last`;
  if (isEnd && sequence < source.highestSequence)
    return `says that it is the last, but fact ${source.highestSequence} was taken`;
  const before = factAt(sequence - 1);
  const beginsAfterMs =
    before === undefined
      ? sequence > source.highestSequence
        ? source.untilMs
        : undefined
      : untilMsOf(before);
  if (beginsAfterMs !== undefined && beginsAfterMs > fromMs + ROUNDING_MS)
    return `begins at ${stamp(fromMs)}, before what comes before it ends (${stamp(beginsAfterMs)})`;
  const next = factAt(sequence + 1);
  const endsBeforeMs =
    next === undefined ? (sequence < source.highestSequence ? source.untilMs : undefined) : next.fromMs;
  if (endsBeforeMs !== undefined && untilMsOf(fact) > endsBeforeMs + ROUNDING_MS)
    return `ends at ${stamp(untilMsOf(fact))}, after what follows it begins (${stamp(endsBeforeMs)})`;
  return undefined;
};

const refused = (code: UsageAnomalyCode, message: string): Verdict => ({ kind: 'refused', code, message });

const stamp = (ms: number): string => new Date(ms).toISOString();

import { usageSourceOf, type UsageFact, type WorkspaceId } from '@slipway/contracts';

/** What is known of a container or a volume by its facts so far. */
export type KnownSource = Readonly<{
  source: string;
  kind: UsageFact['kind'];
  workspaceId: WorkspaceId;
  /** Whose usage it is, down to the function. */
  owner: string;
  /** How many facts were taken. */
  taken: number;
  highestSequence: number;
  /** The number of the last fact, once that has come. */
  endSequence?: number;
  /** The latest end of a period. */
  untilMs: number;
  lastTakenAtMs: number;
  /** Since when numbers in between are missing. Left out: none is. */
  gapSinceMs?: number;
}>;

/** A fact as far as it matters to others of its source. */
export type KnownFact = Readonly<{ fromMs: number; durationNs: number; digest: string }>;

const NS_PER_MS = 1_000_000;

export const untilMsOf = ({ fromMs, durationNs }: Readonly<{ fromMs: number; durationNs: number }>): number =>
  fromMs + Math.floor(durationNs / NS_PER_MS);

export const ownerOf = (fact: UsageFact): string =>
  fact.kind === 'container'
    ? `${fact.workspaceId} ${fact.environment} ${fact.appId} ${fact.functionId}`
    : `${fact.workspaceId} ${fact.environment}`;

/** What is known of the source once this fact is taken. */
export const withFact = (known: KnownSource | undefined, fact: UsageFact, atMs: number): KnownSource => {
  const isEnd = fact.kind === 'container' && fact.end !== undefined;
  const taken = (known?.taken ?? 0) + 1;
  const highestSequence = Math.max(known?.highestSequence ?? 0, fact.sequence);
  return {
    source: usageSourceOf(fact),
    kind: fact.kind,
    workspaceId: fact.workspaceId,
    owner: ownerOf(fact),
    taken,
    highestSequence,
    ...(known?.endSequence !== undefined && { endSequence: known.endSequence }),
    ...(isEnd && { endSequence: fact.sequence }),
    untilMs: Math.max(known?.untilMs ?? 0, untilMsOf(fact)),
    lastTakenAtMs: atMs,
    ...(taken <= highestSequence && { gapSinceMs: known?.gapSinceMs ?? atMs }),
  };
};

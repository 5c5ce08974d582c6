import type { Instant } from '@slipway/kernel';
import type { Drift, DriftEvent } from './drift.events.js';

/** Those that are over are told of for so long. */
const TOLD_FOR_MS = 86_400_000;

export type KnownDrift = Drift & Readonly<{ seenBy: string; foundAt: Instant; endedAt?: Instant }>;

/** In the order in which they were found. */
export type Drifts = readonly KnownDrift[];
export const initialDrifts: Drifts = [];

/** A look of `seenBy`, a vendor or the workers: what is new in it, and what it shows no more. The same look again has nothing new. */
export const noteDrifts = (
  drifts: Drifts,
  { seenBy, found }: Readonly<{ seenBy: string; found: readonly Drift[] }>,
): readonly DriftEvent[] => {
  const open = openDrifts(drifts).filter((drift) => drift.seenBy === seenBy);
  const firstOfEach = found.filter(
    (drift, index) => found.findIndex((other) => isSame(other, drift)) === index,
  );
  return [
    ...open
      .filter((known) => !found.some((drift) => isSame(drift, known)))
      .map(({ kind, hostId }): DriftEvent => ({ type: 'drift-ended', data: { kind, hostId, seenBy } })),
    ...firstOfEach
      .filter((drift) => !open.some((known) => isSame(drift, known)))
      .map((drift): DriftEvent => ({ type: 'drift-found', data: { ...drift, seenBy } })),
  ];
};

export const evolveDrifts = (drifts: Drifts, { type, data }: DriftEvent, at: Instant): Drifts => {
  const told = toldDrifts(drifts, at);
  switch (type) {
    case 'drift-found':
      return [...told, { ...data, foundAt: at }];
    case 'drift-ended':
      return told.map((known) =>
        known.endedAt === undefined && known.seenBy === data.seenBy && isSame(known, data)
          ? { ...known, endedAt: at }
          : known,
      );
    default:
      return type satisfies never;
  }
};

/** Those that last. */
export const openDrifts = (drifts: Drifts): Drifts => drifts.filter(({ endedAt }) => endedAt === undefined);

/** Those that last, and those that ended within the last day. */
export const toldDrifts = (drifts: Drifts, at: Instant): Drifts =>
  drifts.filter(({ endedAt }) => endedAt === undefined || endedAt > at - TOLD_FOR_MS);

const isSame = (a: Pick<Drift, 'kind' | 'hostId'>, b: Pick<Drift, 'kind' | 'hostId'>): boolean =>
  a.kind === b.kind && a.hostId === b.hostId;

import type { UsageAnomaly } from '@slipway/contracts';
import type { KnownSource } from './known-usage.js';

/** As long as facts may be on their way before one that is missing is told of. */
export const ON_THE_WAY_MS = 2 * 60 * 1000;

/** What is missing of a source as things stand, if anything: numbers in between, or the last fact. */
export const missingUsage = (known: KnownSource, atMs: number): readonly UsageAnomaly[] => {
  const { source, workspaceId, highestSequence, gapSinceMs, lastTakenAtMs } = known;
  const isOver = (sinceMs: number): boolean => atMs - sinceMs >= ON_THE_WAY_MS;
  const common = { source, workspaceId };
  const lost = highestSequence + 1 - known.taken;
  return [
    ...(gapSinceMs !== undefined && isOver(gapSinceMs)
      ? [
          {
            ...common,
            seenAtMs: gapSinceMs + ON_THE_WAY_MS,
            anomalyId: `sequence-gap ${source}`,
            code: 'sequence-gap' as const,
            message: `${lost} of the facts 0 to ${highestSequence} of ${known.kind} ${source} did not come: what was used in their time is not billed`,
          },
        ]
      : []),
    ...(known.kind === 'container' && known.endSequence === undefined && isOver(lastTakenAtMs)
      ? [
          {
            ...common,
            seenAtMs: lastTakenAtMs + ON_THE_WAY_MS,
            anomalyId: `container-without-end ${source}`,
            code: 'container-without-end' as const,
            message: `container ${source} has said nothing since ${new Date(known.untilMs).toISOString()}, and not that it ended: its worker was lost, or cannot reach billing`,
          },
        ]
      : []),
  ];
};

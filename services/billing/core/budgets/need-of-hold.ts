import type { Instant } from '@slipway/kernel';
import type { MicroUsd } from '../money/micro-usd.js';
import type { NanoUsd } from '../rates/rate-card.js';

/** From when to when money is held for a container, and the most that a second of it can cost. */
export type HoldTerms = Readonly<{ fromMs: Instant; untilMs: Instant; nanoUsdPerSecond: NanoUsd }>;

const MS_AND_NANO = 1_000_000n;
/** What is held already is rounded up each time that it is read, and so is this. */
const ROUNDING: MicroUsd = 2n;

/**
 * What a hold comes to once it is as it is asked for, and how much more money that takes than is held for it: undefined where
 * what is held suffices. A hold never becomes shorter or cheaper; one that becomes dearer does so from its beginning on.
 */
export const needOfHold = (
  known: HoldTerms | undefined,
  asked: HoldTerms,
): Readonly<{ terms: HoldTerms; needMicroUsd: MicroUsd }> | undefined => {
  if (asked.untilMs <= (known?.untilMs ?? asked.fromMs)) return undefined;
  const fromMs = known?.fromMs ?? asked.fromMs;
  const nanoUsdPerSecond =
    known !== undefined && known.nanoUsdPerSecond > asked.nanoUsdPerSecond
      ? known.nanoUsdPerSecond
      : asked.nanoUsdPerSecond;
  const terms = { fromMs, untilMs: asked.untilMs, nanoUsdPerSecond };
  const more = costOfAll(terms) - (known === undefined ? 0n : costOfAll(known));
  return { terms, needMicroUsd: more / MS_AND_NANO + ROUNDING };
};

const costOfAll = ({ fromMs, untilMs, nanoUsdPerSecond }: HoldTerms): bigint =>
  nanoUsdPerSecond * BigInt(untilMs - fromMs);

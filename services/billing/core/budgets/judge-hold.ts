import { shownUsd, type MicroUsd } from '../money/micro-usd.js';

/** One limit that a start must fit into, as it stands now. */
export type Cap = Readonly<{
  /** As messages name it: `the workspace`, `environment 'main'`, `what was paid ahead`. */
  name: string;
  limitMicroUsd: MicroUsd;
  /** Used and priced. */
  spentMicroUsd: MicroUsd;
  /** Held for containers that run or are about to: the most that they can still cost. */
  heldMicroUsd: MicroUsd;
}>;

export type HoldJudgement =
  | Readonly<{ verdict: 'held' }>
  /** It would fit if what others hold, or a part of it, were given back: ask again. */
  | Readonly<{ verdict: 'waiting'; message: string }>
  /** It does not fit into what is left, whatever the others give back. */
  | Readonly<{ verdict: 'refused'; message: string }>;

/**
 * Whether the most that something can cost fits under every cap together with all that was spent and is held: so what is
 * spent can never pass a cap.
 */
export const judgeHold = (needMicroUsd: MicroUsd, caps: readonly Cap[]): HoldJudgement => {
  const hopeless = caps.find(
    ({ limitMicroUsd, spentMicroUsd }) => spentMicroUsd + needMicroUsd > limitMicroUsd,
  );
  if (hopeless !== undefined) return { verdict: 'refused', message: figures(hopeless, needMicroUsd) };
  const full = caps.find(
    ({ limitMicroUsd, spentMicroUsd, heldMicroUsd }) =>
      spentMicroUsd + heldMicroUsd + needMicroUsd > limitMicroUsd,
  );
  if (full !== undefined) return { verdict: 'waiting', message: figures(full, needMicroUsd) };
  return { verdict: 'held' };
};

const figures = ({ name, limitMicroUsd, spentMicroUsd, heldMicroUsd }: Cap, need: MicroUsd): string =>
  `The budget of ${name} is ${shownUsd(limitMicroUsd)} this month: ${shownUsd(spentMicroUsd)} is spent, ` +
  `${shownUsd(heldMicroUsd)} is held for containers that run, and one more may cost up to ${shownUsd(need)}. ` +
  `Raise the budget, or wait for the next month.`;

import type { PlanAnswer } from './plan-answers.ts';

/** Who decided about a plan, why, and which of its changes are not made; nothing where nobody did. */
export const decidedText = (decided: PlanAnswer['decided']): readonly string[] => {
  if (decided === undefined) return [];
  const { verdict, by, at, reason, without = [] } = decided;
  const why = reason === undefined ? '' : `: ${reason}`;
  const leftOut =
    without.length === 0 ? '' : `, but for what it changes of ${without.join(', ')}: that stays as it is`;
  return [`${verdict} by ${by} at ${at}${leftOut}${why}`];
};

import type { MeteredStep } from '@slipway/capacity-planner-core';

/** Stored steps and then those that were about to be stored when the store was read, each once. */
export const stepsOnce = (
  stored: readonly MeteredStep[],
  unsaved: readonly MeteredStep[],
): readonly MeteredStep[] => [
  ...new Map([...stored, ...unsaved].map((step) => [step.startsAt, step])).values(),
];

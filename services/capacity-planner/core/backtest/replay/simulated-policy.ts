import type { PlanningPolicy } from '../../policy.js';

/** The policy as it is run in a simulator: what that shows is of the moment, however long ago a price was last another one. */
export const simulatedPolicy = (policy: PlanningPolicy): PlanningPolicy => ({
  ...policy,
  guardrails: { ...policy.guardrails, maxPriceAgeMs: Number.MAX_SAFE_INTEGER },
});

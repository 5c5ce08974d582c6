import { defaultPolicy, type Guardrails } from '../policy.js';
import type { Guarding } from './guarding.js';

export const at = 1_000_000;

/** A world that is seen clearly, in which nothing has happened yet. */
export const guarding = (guardrails: Partial<Guardrails>, changes: Partial<Guarding> = {}): Guarding => ({
  ...{
    at,
    planId: 'pl-1',
    hosts: [],
    restsUntil: () => 0,
    awaySince: () => undefined,
    wasWeighed: (offerId) => offerId !== 'unknown',
  },
  guardrails: { ...defaultPolicy.guardrails, ...guardrails },
  seen: { pricesAt: at, forecastAt: at },
  ...changes,
});

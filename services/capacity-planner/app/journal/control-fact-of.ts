import type { ControlEvent } from '@slipway/capacity-planner-core';
import type { CapacityControlFact } from '@slipway/contracts';

/** What other services may know of what an operator decided: all of it, and who it was. */
export const controlFactOf = ({ type, data }: ControlEvent): CapacityControlFact => {
  switch (type) {
    case 'planning-frozen':
      return { type: 'capacity-planning-frozen', ...data };
    case 'planning-resumed':
      return { type: 'capacity-planning-resumed', ...data };
    case 'floor-set':
      return { type: 'capacity-floor-set', ...data };
    case 'guardrails-set':
      return { type: 'capacity-guardrails-set', ...data };
    case 'offers-excluded':
      return { type: 'capacity-offers-excluded', ...data };
    case 'exclusion-ended':
      return { type: 'capacity-exclusion-ended', ...data };
    case 'offers-pinned':
      return { type: 'capacity-offers-pinned', ...data };
    case 'pin-ended':
      return { type: 'capacity-pin-ended', ...data };
    case 'commitment-recorded':
      return { type: 'capacity-commitment-recorded', ...data.terms, by: data.by };
    case 'commitment-removed':
      return { type: 'capacity-commitment-removed', ...data };
    default:
      return type satisfies never;
  }
};

import type { CatalogueChanged, HostEvent } from '@slipway/capacity-planner-core';
import type { Fact } from '@slipway/contracts';
import type { StoredEvent } from '@slipway/kernel';
import { hostFactOf } from './host-fact-of.js';
import type { OwnEvent } from './planner-state.js';

/** What other services may know of the planner's events. */
export const factOf = ({ type, data, at }: StoredEvent): Fact | undefined => {
  const event = { type, data } as OwnEvent | CatalogueChanged | HostEvent;
  switch (event.type) {
    case 'plan-made': {
      const { planId, approval, summary } = event.data;
      const { planner, gap, paidMicroUsdPerHourBefore, paidMicroUsdPerHourAfter } = summary;
      return {
        at,
        type: 'capacity-plan-made',
        planId,
        approval,
        planner,
        ...(gap === undefined ? {} : { gap }),
        paidMicroUsdPerHourBefore,
        paidMicroUsdPerHourAfter,
        starts: summary.starts,
        stops: summary.stops,
        shortContainers: summary.shortContainers,
      };
    }
    case 'plan-approved':
    case 'plan-rejected': {
      const { planId, by } = event.data;
      const verdict = event.type === 'plan-approved' ? 'approved' : 'rejected';
      return { at, type: 'capacity-plan-decided', planId, verdict, by };
    }
    case 'planning-failed':
      return { at, type: 'capacity-planning-failed', because: event.data.because };
    case 'planning-frozen':
      return { at, type: 'capacity-planning-frozen', ...event.data };
    case 'planning-resumed':
      return { at, type: 'capacity-planning-resumed', ...event.data };
    case 'catalogue-changed': {
      const { version, offers, rejectedRows, added, withdrawn, repriced, redescribed } = event.data;
      return {
        ...{ at, type: 'capacity-catalogue-changed', version, offers, rejectedRows },
        ...{ added: added.count, withdrawn: withdrawn.count },
        ...{ repriced: repriced.count, redescribed: redescribed.count },
      };
    }
    case 'floor-set':
    case 'guardrails-set':
    case 'offers-excluded':
    case 'exclusion-ended':
    case 'offers-pinned':
    case 'pin-ended':
    case 'commitment-recorded':
    case 'commitment-removed':
      return undefined;
    default:
      return { at, ...hostFactOf(event) };
  }
};

import type { CatalogueChanged, DriftEvent, HostEvent } from '@slipway/capacity-planner-core';
import type { Fact } from '@slipway/contracts';
import type { StoredEvent } from '@slipway/kernel';
import { controlFactOf } from './control-fact-of.js';
import { hostFactOf } from './host-fact-of.js';
import type { OwnEvent } from './planner-state.js';

/** What other services may know of the planner's events. */
export const factOf = ({ type, data, at }: StoredEvent): Fact => {
  const event = { type, data } as OwnEvent | CatalogueChanged | DriftEvent | HostEvent;
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
    case 'plan-approved': {
      const { planId, by, without } = event.data;
      const decided = { at, type: 'capacity-plan-decided', planId, verdict: 'approved', by } as const;
      return without === undefined ? decided : { ...decided, without };
    }
    case 'plan-rejected': {
      const { planId, by, reason } = event.data;
      return { at, type: 'capacity-plan-decided', planId, verdict: 'rejected', by, reason };
    }
    case 'planning-failed':
      return { at, type: 'capacity-planning-failed', because: event.data.because };
    case 'catalogue-changed': {
      const { version, offers, rejectedRows, added, withdrawn, repriced, redescribed } = event.data;
      return {
        ...{ at, type: 'capacity-catalogue-changed', version, offers, rejectedRows },
        ...{ added: added.count, withdrawn: withdrawn.count },
        ...{ repriced: repriced.count, redescribed: redescribed.count },
      };
    }
    case 'drift-found': {
      const { hostId, kind, seenBy, message } = event.data;
      return { at, type: 'capacity-drift-found', hostId, kind, seenBy, because: message };
    }
    case 'drift-ended':
      return { at, type: 'capacity-drift-ended', ...event.data };
    case 'planning-frozen':
    case 'planning-resumed':
    case 'floor-set':
    case 'guardrails-set':
    case 'offers-excluded':
    case 'exclusion-ended':
    case 'offers-pinned':
    case 'pin-ended':
    case 'commitment-recorded':
    case 'commitment-removed':
      return { at, ...controlFactOf(event) };
    default:
      return { at, ...hostFactOf(event) };
  }
};

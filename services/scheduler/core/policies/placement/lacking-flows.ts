import type { PlanFlow } from '@slipway/contracts';
import type { Candidate } from './place-task.js';

/** A flow that has not all of its containers yet, and the hosts of its offers that are there. */
export type LackingFlow = Readonly<{ offerIds: readonly string[]; hosts: readonly Candidate[] }>;

/** The flows that lack some of their share, those that lack most of it first. */
export const lackingFlows = (
  candidates: readonly Candidate[],
  flows: readonly PlanFlow[],
): readonly LackingFlow[] =>
  flows
    .map(({ offerIds, containers }) => {
      const hosts = candidates.filter(({ offerId }) => offerId !== undefined && offerIds.includes(offerId));
      const left = containers - hosts.reduce((sum, { ofGroup = 0 }) => sum + ofGroup, 0);
      return { offerIds, hosts, left, share: containers === 0 ? 0 : left / containers };
    })
    .filter(({ left }) => left > 0)
    .toSorted((a, b) => b.share - a.share || b.left - a.left);

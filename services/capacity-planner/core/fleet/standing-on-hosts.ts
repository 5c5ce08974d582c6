import type { OfferId } from '../catalogue/offer.js';
import type { DemandLedger } from '../demand/demand-ledger.js';
import type { GroupId } from '../demand/demand-group.js';
import type { StandingNode } from './fleet.js';

/** What runs on each host that has joined, as plans are made from it. */
export const standingOnHosts = (hosts: ReturnType<DemandLedger['standing']>): readonly StandingNode[] =>
  hosts.map(({ offerId, containers }) => ({
    offerId: offerId as OfferId,
    running: [...containers].map(([groupId, count]) => ({
      groupId: groupId as GroupId,
      containers: count,
    })),
  }));

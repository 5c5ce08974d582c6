import type { CommitmentTerms, HostCommitments } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { Host } from '../acting/host.state.js';
import { isInForce, paidPerHour } from './commitments-of.js';
import { coveredPerHour } from './cover-nodes.js';
import { coveredMicroUsd, paidNodesOf } from './covered-spend.js';

/** What commitments pay of the hosts of a ledger, now and since the first of them, and what they cost per hour themselves. */
export const hostCommitments = (
  hosts: readonly Host[],
  commitments: readonly CommitmentTerms[],
  at: Instant,
): HostCommitments => ({
  coveredMicroUsd: coveredMicroUsd(hosts, commitments, 0, at),
  ...commitmentsNow(hosts, commitments, at),
});

/** The same of this moment alone, whatever hosts there have been. */
export const commitmentsNow = (
  hosts: readonly Host[],
  commitments: readonly CommitmentTerms[],
  at: Instant,
): Omit<HostCommitments, 'coveredMicroUsd'> => {
  const inForce = commitments.filter((terms) => isInForce(terms, at));
  return {
    coveredMicroUsdPerHour: Math.round(coveredPerHour(inForce, paidNodesOf(hosts))),
    paidMicroUsdPerHour: inForce.reduce((sum, terms) => sum + paidPerHour(terms), 0),
  };
};

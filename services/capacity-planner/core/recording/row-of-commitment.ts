import type { CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { TraceRow } from './trace-row.js';

/** Whether a commitment is in force at some moment from `from` until `until`. */
export const isOfTime =
  (from: Instant, until: Instant) =>
  ({ startsAt, endsAt }: CommitmentTerms): boolean =>
    startsAt < until && from < endsAt;

/** What was committed to, as `readTrace` reads it again. */
export const rowOfCommitment = (terms: CommitmentTerms): TraceRow => {
  const { commitmentId, vendor, startsAt, endsAt } = terms;
  return {
    ...{ type: 'commitment', commitment: commitmentId, vendor },
    ...{ from: new Date(startsAt).toISOString(), until: new Date(endsAt).toISOString() },
    ...(terms.kind === 'spend' ? billFields(terms) : nodeFields(terms)),
  };
};

const billFields = (terms: Extract<CommitmentTerms, { kind: 'spend' }>) => ({
  covered_usd_per_hour: terms.coveredMicroUsdPerHour / 1e6,
  usd_per_hour: terms.priceMicroUsdPerHour / 1e6,
});

const nodeFields = (terms: Extract<CommitmentTerms, { kind: 'nodes' }>) => ({
  ...(terms.region === undefined ? {} : { region: terms.region }),
  ...(terms.instanceType === undefined ? {} : { instance_type: terms.instanceType }),
  ...(terms.gpuType === undefined ? {} : { gpu: terms.gpuType }),
  nodes: terms.nodes,
  usd_per_hour: terms.priceMicroUsdPerNodeHour / 1e6,
});

import type { CommitmentTerms } from '@slipway/contracts';
import { MAX_USD_PER_HOUR } from '../../catalogue/micro-usd.js';
import type { TraceDraft } from './trace-draft.js';
import type { TraceFields } from './trace-fields.js';

const MOST_NODES = 100_000;

/** What was committed to at a vendor: nodes at a price each, or a share of the vendor's bill at a price for all of it. */
export const readCommitmentRow = {
  commitment: (fields: TraceFields, draft: TraceDraft) => {
    const commitmentId = fields.name('commitment');
    if (draft.commitments.some((known) => known.commitmentId === commitmentId))
      fields.refuse('commitment', 'said once; a row above says this commitment already');
    const term = {
      ...{ commitmentId, vendor: fields.name('vendor') },
      ...{ startsAt: fields.moment('from'), endsAt: fields.moment('until') },
    };
    if (term.endsAt <= term.startsAt) fields.refuse('until', 'later than from');
    const terms: CommitmentTerms = { ...term, ...committed(fields) };
    return () => draft.commitments.push(terms);
  },
} as const;

const committed = (fields: TraceFields) => {
  if (fields.has('nodes') === fields.has('covered_usd_per_hour'))
    fields.refuse('nodes', 'given, or covered_usd_per_hour in its place: one of them');
  return fields.has('covered_usd_per_hour') ? shareOfBill(fields) : nodesCommitted(fields);
};

const shareOfBill = (fields: TraceFields) => ({
  kind: 'spend' as const,
  coveredMicroUsdPerHour: money(fields, 'covered_usd_per_hour'),
  priceMicroUsdPerHour: money(fields, 'usd_per_hour'),
});

const nodesCommitted = (fields: TraceFields) => {
  const [region, instanceType, gpuType] = ['region', 'instance_type', 'gpu'].map((name) =>
    fields.optionalName(name),
  );
  if (instanceType === undefined && gpuType === undefined)
    fields.refuse('instance_type', 'given, or gpu: a commitment of nodes names one of them');
  return {
    kind: 'nodes' as const,
    ...(region === undefined ? {} : { region }),
    ...(instanceType === undefined ? {} : { instanceType }),
    ...(gpuType === undefined ? {} : { gpuType }),
    nodes: fields.whole('nodes', 1, MOST_NODES, 1),
    priceMicroUsdPerNodeHour: money(fields, 'usd_per_hour'),
  };
};

/** Dollars as whole micro-dollars. */
const money = (fields: TraceFields, field: string): number => {
  const usd = fields.need(field, 'number', 0, MAX_USD_PER_HOUR);
  const microUsd = Math.round(usd * 1e6);
  if (microUsd / 1e6 !== usd) fields.refuse(field, 'dollars per hour, with six decimals at most');
  return microUsd;
};

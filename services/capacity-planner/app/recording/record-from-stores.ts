import {
  CatalogueRecorder,
  floorsOf,
  policyOf,
  recordPeriod,
  termsOf,
  WARM_UP_MS,
  type DataHome,
  type PlanningPolicy,
  type Quota,
  type TraceRow,
} from '@slipway/capacity-planner-core';
import { refuse, RefusedError, type Instant } from '@slipway/kernel';
import type { SqlPool } from '@slipway/event-store';
import type { HostLedger } from '../acting/host-ledger.js';
import type { PlannerState } from '../journal/planner-state.js';
import type { Demand } from '../processes/read-demand/demand.js';
import type { CatalogueStore } from '../store/catalogue-store.js';
import type { PlanStore } from '../store/plan-store.js';
import { planTimes, type PlanTime } from '../store/plan-times.js';

/** What forecasts may look back on before a period. */
const PAST_MS = 7 * 86_400_000;

export type RecordingParts = Readonly<{
  pool: SqlPool;
  demand: Pick<Demand, 'steps'>;
  plans: Pick<PlanStore, 'problemOf'>;
  catalogues: Pick<CatalogueStore, 'find'>;
  ledger: Pick<HostLedger, 'hosts'>;
  state: Pick<PlannerState, 'control'>;
  policy: PlanningPolicy;
  home?: DataHome;
}>;

/** A period of the planner's own stores as the rows of a trace. Throws a refusal where no plan tells of it. */
export const recordFromStores = async (
  parts: RecordingParts,
  from: Instant,
  until: Instant,
): Promise<readonly TraceRow[]> => {
  const times = await planTimes(parts.pool, from, until);
  const last = times.at(-1);
  if (last === undefined)
    throw new RefusedError(
      refuse(
        'not-found',
        'nothing-recorded',
        `No plan was made until ${new Date(until).toISOString()} that is still kept: plans, and the catalogues that they were made from, are kept for two weeks.`,
      ),
    );
  const { control } = parts.state;
  const problem = await parts.plans.problemOf(last.planId);
  const { recorder, quotas } = await seeCatalogues(parts, times, from);
  return recordPeriod({
    ...{ from, until, quotas },
    steps: await parts.demand.steps(from - PAST_MS),
    catalogues: recorder.recorded(),
    hosts: parts.ledger.hosts,
    commitments: termsOf(control),
    floors: floorsOf(control),
    policy: problem?.policy ?? policyOf(control, parts.policy),
    ...(parts.home === undefined ? {} : { home: parts.home }),
  });
};

/** One catalogue at a time: each may have thousands of offers. What was known first counts from the beginning of the warm-up on. */
const seeCatalogues = async (
  { catalogues }: RecordingParts,
  times: readonly PlanTime[],
  from: Instant,
): Promise<Readonly<{ recorder: CatalogueRecorder; quotas: readonly Quota[] }>> => {
  const recorder = new CatalogueRecorder();
  let quotas: readonly Quota[] = [];
  let version: string | undefined;
  let isFirst = true;
  for (const { madeAt, catalogueVersion } of times) {
    if (catalogueVersion === version) continue;
    version = catalogueVersion;
    const view = await catalogues.find(version);
    if (view === undefined) continue;
    recorder.see({ at: isFirst ? from - WARM_UP_MS : madeAt, offers: view.offers });
    isFirst = false;
    quotas = view.quotas;
  }
  return { recorder, quotas };
};

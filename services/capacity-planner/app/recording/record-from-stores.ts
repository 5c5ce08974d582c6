import {
  CatalogueRecorder,
  recordPeriod,
  WARM_UP_MS,
  type Quota,
  type TraceRow,
} from '@slipway/capacity-planner-core';
import { isRefusal, refuse, type Instant, type Refusal } from '@slipway/kernel';
import type { LendingPool } from '@slipway/event-store';
import { stepsOnce } from '../processes/read-demand/steps-once.js';
import { CatalogueStore } from '../store/catalogue-store.js';
import { DemandStore } from '../store/demand-store.js';
import { PlanStore } from '../store/plan-store.js';
import { planTimes, type PlanTime } from '../store/plan-times.js';
import { UnreadableError } from '../store/unreadable-error.js';
import type { RecordingAsk } from './recording-ask.js';

/** A period of the planner's own stores as the rows of a trace; a refusal where no plan tells of it. */
export const recordFromStores = async (
  pool: LendingPool,
  { unsaved, since, ...ask }: RecordingAsk,
): Promise<readonly TraceRow[] | Refusal> => {
  const { from, until, hosts, commitments, floors, home } = ask;
  const times = await planTimes(pool, from, until);
  const last = times.at(-1);
  if (last === undefined)
    return refuse(
      'not-found',
      'nothing-recorded',
      `No plan was made until ${new Date(until).toISOString()} that is still kept: plans, and the catalogues that they were made from, are kept for two weeks.`,
    );
  const seen = await seeCatalogues(new CatalogueStore(pool), times, from);
  if (isRefusal(seen)) return seen;
  const { recorder, quotas } = seen;
  const problem = await new PlanStore(pool).problemOf(last.planId);
  return recordPeriod({
    ...{ from, until, quotas, hosts, commitments, floors },
    steps: stepsOnce(await new DemandStore(pool).steps(since), unsaved),
    catalogues: recorder.recorded(),
    policy: problem?.policy ?? ask.policy,
    ...(home === undefined ? {} : { home }),
  });
};

/** One catalogue at a time: each may have thousands of offers. What was known first counts from the beginning of the warm-up on. */
const seeCatalogues = async (
  catalogues: CatalogueStore,
  times: readonly PlanTime[],
  from: Instant,
): Promise<Readonly<{ recorder: CatalogueRecorder; quotas: readonly Quota[] }> | Refusal> => {
  const recorder = new CatalogueRecorder();
  let quotas: readonly Quota[] = [];
  let version: string | undefined;
  let isFirst = true;
  for (const { madeAt, catalogueVersion } of times) {
    if (catalogueVersion === version) continue;
    version = catalogueVersion;
    const view = await catalogues.find(version).catch(unreadable);
    if (view === undefined) continue;
    if (view instanceof UnreadableError)
      return refuse(
        'unavailable',
        'catalogue-damaged',
        `The prices of ${new Date(madeAt).toISOString()} cannot be read: ${view.message}. Record a time before it, or one that begins with a later catalogue.`,
      );
    const { offers, outagesPerHour } = view;
    recorder.see({
      ...{ at: isFirst ? from - WARM_UP_MS : madeAt, offers },
      ...(outagesPerHour === undefined ? {} : { outagesPerHour }),
    });
    isFirst = false;
    quotas = view.quotas;
  }
  return { recorder, quotas };
};

const unreadable = (error: unknown): UnreadableError => {
  if (error instanceof UnreadableError) return error;
  throw error;
};

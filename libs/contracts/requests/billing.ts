import type { TaskId } from '../ids.js';
import type { ContainerUsage, RefusedUsage, UsageAnomaly, UsageAnomalyCode, UsageFact } from '../usage.js';
import type { Ask, OfWorkspace } from './ask.js';

/** What billing is asked. */
export interface BillingRequests {
  /**
   * Takes usage facts. Answered once they are durable: those named in the answer were refused and are on the list of
   * anomalies, all others are counted, once, however often they come.
   */
  'billing.put-usage': Ask<
    Readonly<{ facts: readonly UsageFact[] }>,
    Readonly<{ refused: readonly RefusedUsage[] }>
  >;
  /** Some facts of one container, in order: those after a sequence. Refuses `container-usage-not-found` where there is none at all. */
  'billing.get-container-usage': Ask<
    OfWorkspace & Readonly<{ containerId: TaskId; after?: number; limit: number }>,
    Readonly<{ facts: readonly ContainerUsage[] }>
  >;
  /** For the operator, the newest first. Gaps and missing ends are as they stand now: what came late is no longer there. */
  'billing.list-usage-anomalies': Ask<
    Readonly<{ code?: UsageAnomalyCode; limit: number }>,
    Readonly<{ anomalies: readonly UsageAnomaly[] }>
  >;
}

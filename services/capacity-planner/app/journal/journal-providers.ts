import type { Provider } from '@nestjs/common';
import { Snapshots, type FactRelay } from '@slipway/event-store';
import { LOGGER, METRICS } from '@slipway/nest-kit';
import type { createMetrics, Logger } from '@slipway/telemetry';
import { DriftLedger } from '../acting/drift-ledger.js';
import { HostLedger } from '../acting/host-ledger.js';
import { DriftMetrics } from '../metrics/drift-metrics.js';
import { HostMetrics } from '../metrics/host-metrics.js';
import type { Leadership } from '../processes/lead-planner.js';
import { SCHEMA } from '../store/open-store.js';
import { DRIFTS, FACT_RELAY, FOLDED, HOST_LEDGER, LEADERSHIP, PLANNER_STATE, SNAPSHOTS } from '../tokens.js';
import { PlannerJournal } from './planner-journal.js';
import { replayPlanner, type FoldedParts } from './planner-snapshot.js';
import { PlannerState } from './planner-state.js';

/** `begunAt`: the position of the snapshot that they began with; 0 where there was none. */
export type Folded = FoldedParts & Readonly<{ begunAt: number }>;

/** What the log tells. */
export const journalProviders: readonly Provider[] = [
  {
    provide: SNAPSHOTS,
    inject: [LEADERSHIP],
    useFactory: ({ store, fence }: Leadership) => new Snapshots(store.pool, SCHEMA, fence.shard),
  },
  {
    provide: FOLDED,
    inject: [LEADERSHIP, SNAPSHOTS, FACT_RELAY, METRICS, LOGGER],
    useFactory: async (
      { store, fence }: Leadership,
      snapshots: Snapshots,
      relay: FactRelay,
      registry: ReturnType<typeof createMetrics>,
      logger: Logger,
    ): Promise<Folded> => {
      const journal = new PlannerJournal(store.log, fence, (events) => {
        relay.push(events);
        metrics.count(events);
        drifts.count(events);
      });
      const folded = {
        journal,
        state: new PlannerState(journal),
        ledger: new HostLedger(journal),
        drifts: new DriftLedger(journal, logger),
      };
      const metrics = new HostMetrics(registry, () => folded.ledger.live);
      const drifts = new DriftMetrics(registry, () => folded.drifts.drifts);
      const startedAt = performance.now();
      const begunAt = await replayPlanner(folded, await snapshots.load());
      const replayMs = Math.round(performance.now() - startedAt);
      logger.info({ begunAt, position: journal.lastPosition, replayMs }, 'knows what the log tells');
      return { ...folded, begunAt };
    },
  },
  { provide: PLANNER_STATE, inject: [FOLDED], useFactory: ({ state }: Folded) => state },
  { provide: HOST_LEDGER, inject: [FOLDED], useFactory: ({ ledger }: Folded) => ledger },
  { provide: DRIFTS, inject: [FOLDED], useFactory: ({ drifts }: Folded) => drifts },
];

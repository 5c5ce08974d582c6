import type { Provider } from '@nestjs/common';
import { defaultPolicy, type PlanningPolicy } from '@slipway/capacity-planner-core';
import { FactRelay } from '@slipway/event-store';
import { ensureStreams, type Bus } from '@slipway/messaging';
import { BUS, CONFIG, LOGGER, READINESS, type Readiness } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import type { ActOnPlan } from './acting/act-on-plan.js';
import { actingProviders } from './acting/acting-providers.js';
import type { HostLedger } from './acting/host-ledger.js';
import { answerProviders } from './answers/answer-providers.js';
import type { CatalogueSource } from './catalogue/catalogue-view.js';
import { lastKnownOffers } from './catalogue/last-known-offers.js';
import { tellCatalogueChanges } from './catalogue/tell-catalogue-changes.js';
import { commitmentProviders } from './commitment-providers.js';
import type { CapacityPlannerConfig } from './config.js';
import { factOf } from './journal/fact-of.js';
import { journalProviders } from './journal/journal-providers.js';
import type { PlannerState } from './journal/planner-state.js';
import type { PlannerMetrics } from './metrics/planner-metrics.js';
import { plannerMetricsProvider } from './metrics/planner-metrics-provider.js';
import { leadPlanner, type Leadership } from './processes/lead-planner.js';
import { planInThread } from './processes/plan-capacity/plan-in-thread.js';
import { PlanTriggers } from './processes/plan-capacity/plan-triggers.js';
import { PlanningCycle } from './processes/plan-capacity/planning-cycle.js';
import type { FleetSource, MakePlan, PlanFollower } from './processes/plan-capacity/ports.js';
import { SchedulerFollower } from './processes/plan-capacity/scheduler-follower.js';
import { Demand } from './processes/read-demand/demand.js';
import { recordingProviders } from './recording/recording-providers.js';
import { CatalogueStore } from './store/catalogue-store.js';
import { DemandStore } from './store/demand-store.js';
import { PlanStore } from './store/plan-store.js';
import {
  ACTING,
  CATALOGUE,
  CYCLE,
  DEMAND,
  FACT_RELAY,
  FLEET,
  FOLLOWERS,
  HOST_LEDGER,
  LEADERSHIP,
  MAKE_PLAN,
  PLANNER_METRICS,
  PLANNER_STATE,
  PLANS,
  SITE_POLICY,
  TRIGGERS,
} from './tokens.js';

const now = (): number => Date.now();

/** The planner's parts, each made once, in the order in which they need one another. */
export const plannerProviders: readonly Provider[] = [
  ...journalProviders,
  ...actingProviders,
  ...commitmentProviders,
  ...recordingProviders,
  {
    provide: LEADERSHIP,
    inject: [CONFIG, LOGGER, READINESS],
    useFactory: async (config: CapacityPlannerConfig, logger: Logger, readiness: Readiness) => {
      const leadership = await leadPlanner(config, logger);
      readiness.add(
        'postgres',
        async () => (await leadership.store.log.read(Number.MAX_SAFE_INTEGER, 1), true),
      );
      return leadership;
    },
  },
  {
    provide: FACT_RELAY,
    inject: [LEADERSHIP, BUS, LOGGER],
    useFactory: async ({ store }: Leadership, bus: Bus, logger: Logger) => {
      await ensureStreams(bus);
      return new FactRelay({
        service: 'capacity-planner',
        log: store.log,
        connection: bus.connection,
        factOf,
        onError: (error) => logger.warn({ err: error }, 'facts will be relayed again'),
      });
    },
  },
  {
    provide: DEMAND,
    inject: [LEADERSHIP, HOST_LEDGER],
    useFactory: async ({ store }: Leadership, ledger: HostLedger) => {
      const demand = new Demand(new DemandStore(store.pool), now, () => ledger.hosts);
      await demand.load();
      return demand;
    },
  },
  {
    provide: PLANS,
    inject: [LEADERSHIP],
    useFactory: ({ store }: Leadership) => new PlanStore(store.pool),
  },
  { provide: MAKE_PLAN, useFactory: (): MakePlan => (problem) => planInThread(problem) },
  { provide: TRIGGERS, useClass: PlanTriggers },
  {
    provide: SITE_POLICY,
    inject: [CONFIG],
    useFactory: ({ maxPriceAgeMs }: CapacityPlannerConfig): PlanningPolicy => ({
      ...defaultPolicy,
      guardrails: { ...defaultPolicy.guardrails, maxPriceAgeMs },
    }),
  },
  {
    provide: FOLLOWERS,
    inject: [BUS, ACTING],
    useFactory: (bus: Bus, acting: ActOnPlan): readonly PlanFollower[] => [
      new SchedulerFollower(bus, now),
      acting,
    ],
  },
  plannerMetricsProvider,
  {
    provide: CYCLE,
    inject: [
      PLANNER_STATE,
      DEMAND,
      PLANS,
      LEADERSHIP,
      CATALOGUE,
      FLEET,
      MAKE_PLAN,
      FOLLOWERS,
      PLANNER_METRICS,
      LOGGER,
      SITE_POLICY,
      CONFIG,
    ],
    useFactory: async (
      state: PlannerState,
      demand: Demand,
      plans: PlanStore,
      { store }: Leadership,
      catalogue: CatalogueSource,
      fleet: FleetSource,
      makePlan: MakePlan,
      followers: readonly PlanFollower[],
      metrics: PlannerMetrics,
      logger: Logger,
      policy: PlanningPolicy,
      { home }: CapacityPlannerConfig,
    ) => {
      const lastKnown = lastKnownOffers({ plans, catalogues: new CatalogueStore(store.pool), state, logger });
      const tell = tellCatalogueChanges(state.journal, lastKnown);
      const catalogues = new CatalogueStore(store.pool, tell);
      const parts = { now, state, demand, plans, catalogues, catalogue, fleet, makePlan, followers };
      const cycle = new PlanningCycle({
        ...parts,
        ...{ metrics, logger, policy },
        ...(home === undefined ? {} : { home }),
      });
      await cycle.load();
      return cycle;
    },
  },
  ...answerProviders,
];

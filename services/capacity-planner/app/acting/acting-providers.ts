import type { Provider } from '@nestjs/common';
import {
  policyAt,
  policyOf,
  termsOf,
  unaskedHosts,
  type CloudVendor,
  type PlanningPolicy,
} from '@slipway/capacity-planner-core';
import type { Bus } from '@slipway/messaging';
import { BUS, CONFIG, LOGGER, METRICS } from '@slipway/nest-kit';
import type { createMetrics, Logger } from '@slipway/telemetry';
import { StoredCatalogueMemory, type CatalogueMemory } from '../catalogue/catalogue-memory.js';
import type { CatalogueSource } from '../catalogue/catalogue-view.js';
import { FolderCatalogue } from '../catalogue/folder-catalogue.js';
import { lastKnownOffers } from '../catalogue/last-known-offers.js';
import type { CapacityPlannerConfig } from '../config.js';
import { FleetFromFacts } from '../fleet/fleet-from-facts.js';
import type { PlannerState } from '../journal/planner-state.js';
import { watchSpend } from '../metrics/spend-metrics.js';
import type { Leadership } from '../processes/lead-planner.js';
import type { PlanTriggers } from '../processes/plan-capacity/plan-triggers.js';
import type { FleetSource } from '../processes/plan-capacity/ports.js';
import type { Demand } from '../processes/read-demand/demand.js';
import { CatalogueStore } from '../store/catalogue-store.js';
import type { PlanStore } from '../store/plan-store.js';
import { ReadCatalogueStore, type CatalogueRead } from '../store/read-catalogue-store.js';
import {
  ACTING,
  CATALOGUE,
  DEMAND,
  DRIFTS,
  FLEET,
  HOST_ANSWERS,
  HOST_LEDGER,
  LEADERSHIP,
  PLANNER_STATE,
  PLANS,
  SITE_POLICY,
  TRIGGERS,
  VENDORS,
} from '../tokens.js';
import { openVendors } from '../vendors/open-vendors.js';
import { ActOnPlan } from './act-on-plan.js';
import { BuyableCatalogue } from './buyable-catalogue.js';
import type { DriftLedger } from './drift-ledger.js';
import { HostAnswers } from './host-answers.js';
import { FleetFromLedger } from './fleet-from-ledger.js';
import type { HostLedger } from './host-ledger.js';
import { LookAtWorkers } from './look-at-workers.js';

const now = (): number => Date.now();

/** What is done about plans. Without a vendor that may be asked, plans are only advice. */
export const actingProviders: readonly Provider[] = [
  {
    provide: VENDORS,
    inject: [CONFIG, LOGGER],
    useFactory: (config: CapacityPlannerConfig, logger: Logger) => {
      const vendors = openVendors(config.vendors, now);
      logger.info(
        { vendors: vendors.map(({ vendor, kind }) => `${vendor} (${kind})`) },
        'vendors that may be asked',
      );
      return vendors;
    },
  },
  {
    provide: CATALOGUE,
    inject: [CONFIG, VENDORS, HOST_LEDGER, LOGGER, PLANS, LEADERSHIP, PLANNER_STATE],
    useFactory: (
      { catalogueFolder }: CapacityPlannerConfig,
      vendors: readonly CloudVendor[],
      ledger: HostLedger,
      logger: Logger,
      plans: PlanStore,
      { store }: Leadership,
      state: PlannerState,
    ): CatalogueSource => {
      const lastKnown = lastKnownOffers({ plans, catalogues: new CatalogueStore(store.pool), state, logger });
      const memory = (source: CatalogueRead): CatalogueMemory =>
        new StoredCatalogueMemory(source, new ReadCatalogueStore(store.pool), lastKnown, now, logger);
      const files = new FolderCatalogue(catalogueFolder, now, memory('files'));
      return vendors.length === 0
        ? files
        : new BuyableCatalogue(files, vendors, ledger, now, logger, lastKnown, memory('vendors'));
    },
  },
  {
    provide: FLEET,
    inject: [DEMAND, VENDORS, HOST_LEDGER],
    useFactory: (demand: Demand, vendors: readonly CloudVendor[], ledger: HostLedger): FleetSource =>
      vendors.length === 0 ? new FleetFromFacts(demand) : new FleetFromLedger(ledger, demand, vendors, now()),
  },
  {
    provide: ACTING,
    inject: [
      ...[HOST_LEDGER, VENDORS, PLANNER_STATE, BUS, LOGGER, SITE_POLICY, TRIGGERS, METRICS, DRIFTS],
      CATALOGUE,
    ],
    useFactory: (
      ledger: HostLedger,
      vendors: readonly CloudVendor[],
      state: PlannerState,
      bus: Bus,
      logger: Logger,
      policy: PlanningPolicy,
      triggers: PlanTriggers,
      registry: ReturnType<typeof createMetrics>,
      drifts: DriftLedger,
      catalogue: CatalogueSource,
    ) => {
      for (const { hostId, vendor } of unaskedHosts(
        ledger.live,
        new Set(vendors.map((known) => known.vendor)),
      ))
        logger.warn({ hostId, vendor }, 'the ledger has a live host of a vendor that is not configured');
      const isFrozen = (): boolean => policyAt(state.control, now(), policy).guardrails.mode === 'frozen';
      const acting = new ActOnPlan({
        ...{ ledger, vendors, state, bus, logger, policy, now, drifts },
        workers: new LookAtWorkers(bus, ledger, now, drifts, isFrozen),
        onNews: (news) => triggers.soon(news),
        offers: () =>
          catalogue.current().then(
            ({ offers }) => offers,
            () => [],
          ),
      });
      watchSpend(registry, {
        ...{ now, hosts: () => ledger.hosts, held: () => acting.held },
        commitments: () => termsOf(state.control),
        guardrails: () => policyOf(state.control, policy).guardrails,
      });
      return acting;
    },
  },
  {
    provide: HOST_ANSWERS,
    inject: [HOST_LEDGER, ACTING, VENDORS, DRIFTS, PLANNER_STATE, TRIGGERS],
    useFactory: (
      ledger: HostLedger,
      acting: ActOnPlan,
      vendors: readonly CloudVendor[],
      drifts: DriftLedger,
      state: PlannerState,
      triggers: PlanTriggers,
    ) =>
      new HostAnswers({
        ...{ ledger, acting, vendors, drifts, now },
        commitments: () => termsOf(state.control),
        onNews: (news) => triggers.soon(news),
      }),
  },
];

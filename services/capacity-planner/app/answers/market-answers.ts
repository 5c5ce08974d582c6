import {
  matchesFilter,
  PLACEMENTS_KEPT_MS,
  waitsOfGroups,
  type GroupWaits,
} from '@slipway/capacity-planner-core';
import { shapeOfDemandKey, type AnswerOf, type AskOf, type DemandGroupView } from '@slipway/contracts';
import { refuse, RefusedError, type Instant } from '@slipway/kernel';
import type { CatalogueSource } from '../catalogue/catalogue-view.js';
import type { PlannerState } from '../journal/planner-state.js';
import type { Demand } from '../processes/read-demand/demand.js';
import type { KeptPlans } from './kept-plans.js';
import { offerView } from './views.js';

/** What can be bought, and what is wanted. */
export class MarketAnswers {
  constructor(
    private readonly catalogue: CatalogueSource,
    private readonly demand: Demand,
    private readonly kept: KeptPlans,
    private readonly state: PlannerState,
    private readonly now: () => Instant,
  ) {}

  async listOffers({
    filter,
    afterOfferId = '',
    limit,
  }: AskOf<'capacity-planner.list-offers'>): Promise<AnswerOf<'capacity-planner.list-offers'>> {
    const { version, offers, terms } = await this.catalogue.current();
    const matching = offers
      .filter((offer) => matchesFilter(offer, filter))
      .toSorted((a, b) => (a.offerId < b.offerId ? -1 : 1));
    const page = matching.filter(({ offerId }) => offerId > afterOfferId).slice(0, limit);
    return { version, total: matching.length, offers: page.map((offer) => offerView(offer, terms)) };
  }

  async listRejected({
    limit,
    offset,
  }: AskOf<'capacity-planner.list-rejected-offers'>): Promise<
    AnswerOf<'capacity-planner.list-rejected-offers'>
  > {
    const { version, rejected } = await this.catalogue.current();
    return { version, total: rejected.length, rejected: rejected.slice(offset, offset + limit) };
  }

  /** What is wanted now, with the forecast of the newest plan where that can be read. */
  async getDemand(): Promise<AnswerOf<'capacity-planner.get-demand'>> {
    const wanted = this.demand.wanted();
    const { floors } = this.state.control;
    const newest = await this.kept.newest();
    const problem = newest && (await this.kept.readableProblemOf(newest.planId));
    const forecasts = new Map(problem?.forecast.groups.map(({ groupId, periods }) => [groupId, periods]));
    const waits = newest && problem ? waitsOfGroups(problem, newest.plan) : new Map<string, GroupWaits>();
    const keys = new Set([...wanted.keys(), ...Object.keys(floors), ...forecasts.keys()]);
    const groups = [...keys].toSorted().flatMap((demandKey): DemandGroupView[] => {
      const shape = shapeOfDemandKey(demandKey);
      if (shape === undefined) return [];
      return [
        {
          demandKey,
          ...shape,
          floorContainers: floors[demandKey]?.containers ?? 0,
          wanted: wanted.get(demandKey) ?? { bought: 0, own: 0, lacking: 0 },
          ...waits.get(demandKey),
          forecast: (forecasts.get(demandKey) ?? []).flatMap((period, index) => {
            const span = newest?.plan.periods[index];
            return span === undefined ? [] : [{ ...span, ...period }];
          }),
        },
      ];
    });
    return { at: this.now(), groups };
  }

  getPlacements(): AnswerOf<'capacity-planner.get-placements'> {
    const at = this.now();
    return { at, sinceAt: at - PLACEMENTS_KEPT_MS, ...this.demand.placedLately() };
  }

  async getSeries({
    demandKey,
    since,
  }: AskOf<'capacity-planner.get-demand-series'>): Promise<AnswerOf<'capacity-planner.get-demand-series'>> {
    if (shapeOfDemandKey(demandKey) === undefined)
      throw new RefusedError(
        refuse(
          'invalid',
          'demand-key',
          `'${demandKey}' is no demand key; the demand view lists those that were seen.`,
        ),
      );
    const steps = await this.demand.steps(since);
    return {
      points: steps.map(({ startsAt, containers }) => ({ startsAt, containers: containers[demandKey] ?? 0 })),
    };
  }
}

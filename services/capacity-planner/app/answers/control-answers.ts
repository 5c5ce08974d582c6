import {
  changeGuardrails,
  endExclusion,
  exclude,
  endPin,
  freeze,
  pin,
  pinsInForce,
  policyOf,
  resume,
  setFloor,
  setGuardrails,
  type Limits,
  type PlanningPolicy,
} from '@slipway/capacity-planner-core';
import type { AskOf, CapacityControlView } from '@slipway/contracts';
import { eventsOf, type Instant } from '@slipway/kernel';
import type { CatalogueSource } from '../catalogue/catalogue-view.js';
import type { OwnEvent, PlannerState } from '../journal/planner-state.js';
import type { PlanTriggers } from '../processes/plan-capacity/plan-triggers.js';

/** What operators say about planning as a whole. */
export class ControlAnswers {
  constructor(
    private readonly state: PlannerState,
    private readonly policy: PlanningPolicy,
    private readonly now: () => Instant,
    private readonly triggers: PlanTriggers,
    private readonly catalogue: CatalogueSource,
  ) {}

  get(): CapacityControlView {
    const { control, decisions, failing } = this.state;
    const { mode, ...guardrails } = policyOf(control, this.policy).guardrails;
    return {
      mode,
      ...(control.frozen === undefined ? {} : { frozen: control.frozen }),
      guardrails,
      exclusions: control.exclusions,
      pins: pinsInForce(control, this.now()),
      floors: Object.entries(control.floors).map(([demandKey, floor]) => ({ demandKey, ...floor })),
      ...(decisions.inForce === undefined ? {} : { inForcePlanId: decisions.inForce.planId }),
      ...(decisions.newest === undefined ? {} : { newestPlanId: decisions.newest.planId }),
      ...(failing === undefined ? {} : { failing }),
    };
  }

  freeze(ask: AskOf<'capacity-planner.freeze'>): Promise<CapacityControlView> {
    return this.record(({ control }) => eventsOf(freeze(control, ask)));
  }

  resume(ask: AskOf<'capacity-planner.resume'>): Promise<CapacityControlView> {
    return this.record(({ control }) => eventsOf(resume(control, ask)));
  }

  setGuardrails({ guardrails, by }: AskOf<'capacity-planner.set-guardrails'>): Promise<CapacityControlView> {
    return this.record(({ control }) => eventsOf(setGuardrails(control, guardrails as Limits, by)));
  }

  changeGuardrails({
    changes,
    by,
  }: AskOf<'capacity-planner.change-guardrails'>): Promise<CapacityControlView> {
    return this.record(({ control }) => eventsOf(changeGuardrails(control, changes, by)));
  }

  setFloor(ask: AskOf<'capacity-planner.set-floor'>): Promise<CapacityControlView> {
    return this.record(({ control }) => eventsOf(setFloor(control, ask)));
  }

  async exclude(ask: AskOf<'capacity-planner.exclude-offers'>): Promise<CapacityControlView> {
    const { offers } = await this.catalogue.current();
    return this.record(({ control }) => eventsOf(exclude(control, ask, offers)));
  }

  endExclusion(ask: AskOf<'capacity-planner.end-exclusion'>): Promise<CapacityControlView> {
    return this.record(({ control }) => eventsOf(endExclusion(control, ask)));
  }

  async pin(ask: AskOf<'capacity-planner.pin-offers'>): Promise<CapacityControlView> {
    const { offers } = await this.catalogue.current();
    const known = { at: this.now(), offers };
    return this.record(({ control }) => eventsOf(pin(control, ask, known)));
  }

  endPin(ask: AskOf<'capacity-planner.end-pin'>): Promise<CapacityControlView> {
    return this.record(({ control }) => eventsOf(endPin(control, ask, this.now())));
  }

  private async record(decide: (state: PlannerState) => readonly OwnEvent[]): Promise<CapacityControlView> {
    const events = await this.state.record(decide, this.now());
    if (events.length > 0) this.triggers.soon('control');
    return this.get();
  }
}

import { recordCommitment, removeCommitment, viewCommitments } from '@slipway/capacity-planner-core';
import type { AskOf, CapacityCommitments } from '@slipway/contracts';
import { eventsOf, type Instant } from '@slipway/kernel';
import type { CatalogueSource } from '../catalogue/catalogue-view.js';
import type { OwnEvent, PlannerState } from '../journal/planner-state.js';
import type { PlanTriggers } from '../processes/plan-capacity/plan-triggers.js';
import type { FleetSource } from '../processes/plan-capacity/ports.js';

/** What operators say that they have committed to at vendors. Nothing of it is bought here. */
export class CommitmentAnswers {
  constructor(
    private readonly state: PlannerState,
    private readonly catalogue: CatalogueSource,
    private readonly fleet: FleetSource,
    private readonly triggers: PlanTriggers,
    private readonly now: () => Instant,
  ) {}

  async list(): Promise<CapacityCommitments> {
    const at = this.now();
    const [{ offers }, { holdings }] = await Promise.all([this.catalogue.current(), this.fleet.look(at)]);
    return viewCommitments(this.state.control.commitments, { at, offers, holdings });
  }

  async recordOne(ask: AskOf<'capacity-planner.record-commitment'>): Promise<CapacityCommitments> {
    const { offers } = await this.catalogue.current();
    const at = this.now();
    return this.change(({ control }) => eventsOf(recordCommitment(control, { ...ask, at }, offers)));
  }

  remove(ask: AskOf<'capacity-planner.remove-commitment'>): Promise<CapacityCommitments> {
    return this.change(({ control }) => eventsOf(removeCommitment(control, ask)));
  }

  private async change(decide: (state: PlannerState) => readonly OwnEvent[]): Promise<CapacityCommitments> {
    const events = await this.state.record(decide, this.now());
    if (events.length > 0) this.triggers.soon('control');
    return this.list();
  }
}

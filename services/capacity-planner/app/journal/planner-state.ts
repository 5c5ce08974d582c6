import {
  evolveControl,
  evolveDecisions,
  initialControl,
  initialDecisions,
  withoutVerdict,
  type Control,
  type ControlEvent,
  type PlanDecisionEvent,
  type PlanDecisions,
  type PlanningFailed,
} from '@slipway/capacity-planner-core';
import type { Instant, StoredEvent } from '@slipway/kernel';
import type { PlannerJournal } from './planner-journal.js';

export type OwnEvent = ControlEvent | PlanDecisionEvent | PlanningFailed;

/** The stream that an event belongs to: what operators say of planning as a whole, or one plan. */
export const streamOf = (event: OwnEvent): string => {
  switch (event.type) {
    case 'planning-frozen':
    case 'planning-resumed':
    case 'floor-set':
    case 'guardrails-set':
    case 'offers-excluded':
    case 'exclusion-ended':
    case 'offers-pinned':
    case 'pin-ended':
    case 'commitment-recorded':
    case 'commitment-removed':
      return 'control';
    case 'planning-failed':
      return 'failures';
    case 'plan-made':
    case 'plan-approved':
    case 'plan-rejected':
      return `plan-${event.data.planId}`;
    default:
      return event satisfies never;
  }
};

/** What a snapshot holds of it. */
export type DecidedSoFar = Readonly<{
  control: Control;
  decisions: PlanDecisions;
  failing?: Readonly<{ at: Instant; because: string }>;
}>;

/** What was decided, as the log tells it. */
export class PlannerState {
  control: Control = initialControl;
  decisions: PlanDecisions = initialDecisions;
  /** Why nothing could be planned, until a plan is made again. */
  failing: DecidedSoFar['failing'];

  constructor(readonly journal: PlannerJournal) {
    journal.foldInto((event) => this.fold(event));
  }

  get soFar(): DecidedSoFar {
    const { control, decisions, failing } = this;
    return { control, decisions, ...(failing !== undefined && { failing }) };
  }

  set soFar({ control, decisions, failing }: DecidedSoFar) {
    this.control = control;
    this.decisions = decisions;
    this.failing = failing;
  }

  /** Since when a person is waited for; undefined where nobody is. */
  get waitingSince(): Instant | undefined {
    return this.decisions.waiting?.since;
  }

  /** Decides on the newest state and records what follows. Throws a refusal. */
  record(decide: (state: PlannerState) => readonly OwnEvent[], at: Instant): Promise<readonly OwnEvent[]> {
    return this.journal.record(streamOf, () => decide(this), at);
  }

  private fold({ type, data, at }: StoredEvent): void {
    const event = { type, data } as OwnEvent;
    switch (event.type) {
      case 'planning-frozen':
      case 'planning-resumed':
      case 'floor-set':
      case 'guardrails-set':
      case 'offers-excluded':
      case 'exclusion-ended':
      case 'offers-pinned':
      case 'pin-ended':
      case 'commitment-recorded':
      case 'commitment-removed':
        this.control = evolveControl(this.control, event, at);
        if (event.type === 'guardrails-set') this.decisions = withoutVerdict(this.decisions);
        return;
      case 'plan-made':
        this.failing = undefined;
        this.decisions = evolveDecisions(this.decisions, event, at);
        return;
      case 'plan-approved':
      case 'plan-rejected':
        this.decisions = evolveDecisions(this.decisions, event, at);
        return;
      case 'planning-failed':
        this.failing = { at, because: event.data.because };
        return;
      default:
        // Streams of other parts, such as the ledger of hosts, have folds of their own.
        event satisfies never;
    }
  }
}

import { Controller, Inject } from '@nestjs/common';
import type { AskOf } from '@slipway/contracts';
import { Answers } from '@slipway/messaging';
import type { HostAnswers } from './acting/host-answers.js';
import type { ControlAnswers } from './answers/control-answers.js';
import type { EventAnswers } from './answers/event-answers.js';
import type { MarketAnswers } from './answers/market-answers.js';
import type { PlanAnswers } from './answers/plan-answers.js';
import type { QuestionAnswers } from './answers/question-answers.js';
import type { PastOptimum } from './past/past-optimum.js';
import type { RecordingAnswers } from './recording/recording-answers.js';
import {
  CONTROL_ANSWERS,
  EVENT_ANSWERS,
  HOST_ANSWERS,
  MARKET_ANSWERS,
  PAST,
  PLAN_ANSWERS,
  QUESTION_ANSWERS,
  RECORDING_ANSWERS,
} from './tokens.js';

/** Every `capacity-planner.*` request of the contracts but those about commitments. */
@Controller()
export class CapacityPlannerController {
  constructor(
    @Inject(PLAN_ANSWERS) private readonly plans: PlanAnswers,
    @Inject(QUESTION_ANSWERS) private readonly questions: QuestionAnswers,
    @Inject(CONTROL_ANSWERS) private readonly control: ControlAnswers,
    @Inject(MARKET_ANSWERS) private readonly market: MarketAnswers,
    @Inject(HOST_ANSWERS) private readonly hosts: HostAnswers,
    @Inject(PAST) private readonly past: PastOptimum,
    @Inject(RECORDING_ANSWERS) private readonly recordings: RecordingAnswers,
    @Inject(EVENT_ANSWERS) private readonly events: EventAnswers,
  ) {}

  @Answers('capacity-planner.list-offers')
  listOffers(ask: AskOf<'capacity-planner.list-offers'>) {
    return this.market.listOffers(ask);
  }

  @Answers('capacity-planner.list-rejected-offers')
  listRejectedOffers(ask: AskOf<'capacity-planner.list-rejected-offers'>) {
    return this.market.listRejected(ask);
  }

  @Answers('capacity-planner.get-demand')
  getDemand(_ask: AskOf<'capacity-planner.get-demand'>) {
    return this.market.getDemand();
  }

  @Answers('capacity-planner.get-demand-series')
  getDemandSeries(ask: AskOf<'capacity-planner.get-demand-series'>) {
    return this.market.getSeries(ask);
  }

  @Answers('capacity-planner.get-placements')
  getPlacements(_ask: AskOf<'capacity-planner.get-placements'>) {
    return this.market.getPlacements();
  }

  @Answers('capacity-planner.list-lessons')
  listLessons(_ask: AskOf<'capacity-planner.list-lessons'>) {
    return this.hosts.lessons();
  }

  @Answers('capacity-planner.get-recorded-period')
  getRecordedPeriod(ask: AskOf<'capacity-planner.get-recorded-period'>) {
    return this.recordings.get(ask);
  }

  @Answers('capacity-planner.list-events')
  listEvents(ask: AskOf<'capacity-planner.list-events'>) {
    return this.events.list(ask);
  }

  @Answers('capacity-planner.get-past')
  getPast(_ask: AskOf<'capacity-planner.get-past'>) {
    return this.past.get();
  }

  @Answers('capacity-planner.list-hosts')
  listHosts(ask: AskOf<'capacity-planner.list-hosts'>) {
    return this.hosts.list(ask);
  }

  @Answers('capacity-planner.write-off-host')
  writeOffHost(ask: AskOf<'capacity-planner.write-off-host'>) {
    return this.hosts.writeOff(ask);
  }

  @Answers('capacity-planner.list-plans')
  listPlans(ask: AskOf<'capacity-planner.list-plans'>) {
    return this.plans.list(ask);
  }

  @Answers('capacity-planner.get-plan')
  getPlan(ask: AskOf<'capacity-planner.get-plan'>) {
    return this.plans.get(ask);
  }

  @Answers('capacity-planner.diff-plan')
  diffPlan(ask: AskOf<'capacity-planner.diff-plan'>) {
    return this.plans.diff(ask);
  }

  @Answers('capacity-planner.approve-plan')
  approvePlan(ask: AskOf<'capacity-planner.approve-plan'>) {
    return this.plans.approve(ask);
  }

  @Answers('capacity-planner.reject-plan')
  rejectPlan(ask: AskOf<'capacity-planner.reject-plan'>) {
    return this.plans.reject(ask);
  }

  @Answers('capacity-planner.plan-now')
  planNow(ask: AskOf<'capacity-planner.plan-now'>) {
    return this.plans.planNow(ask);
  }

  @Answers('capacity-planner.what-if')
  whatIf(ask: AskOf<'capacity-planner.what-if'>) {
    return this.questions.whatIf(ask);
  }

  @Answers('capacity-planner.explain-offer')
  explainOffer(ask: AskOf<'capacity-planner.explain-offer'>) {
    return this.questions.explainOffer(ask);
  }

  @Answers('capacity-planner.explain-plan')
  explainPlan(ask: AskOf<'capacity-planner.explain-plan'>) {
    return this.questions.explain(ask);
  }

  @Answers('capacity-planner.replay-plan')
  replayPlan(ask: AskOf<'capacity-planner.replay-plan'>) {
    return this.plans.replay(ask);
  }

  @Answers('capacity-planner.get-control')
  getControl(_ask: AskOf<'capacity-planner.get-control'>) {
    return this.control.get();
  }

  @Answers('capacity-planner.freeze')
  freeze(ask: AskOf<'capacity-planner.freeze'>) {
    return this.control.freeze(ask);
  }

  @Answers('capacity-planner.resume')
  resume(ask: AskOf<'capacity-planner.resume'>) {
    return this.control.resume(ask);
  }

  @Answers('capacity-planner.set-guardrails')
  setGuardrails(ask: AskOf<'capacity-planner.set-guardrails'>) {
    return this.control.setGuardrails(ask);
  }

  @Answers('capacity-planner.change-guardrails')
  changeGuardrails(ask: AskOf<'capacity-planner.change-guardrails'>) {
    return this.control.changeGuardrails(ask);
  }

  @Answers('capacity-planner.exclude-offers')
  excludeOffers(ask: AskOf<'capacity-planner.exclude-offers'>) {
    return this.control.exclude(ask);
  }

  @Answers('capacity-planner.end-exclusion')
  endExclusion(ask: AskOf<'capacity-planner.end-exclusion'>) {
    return this.control.endExclusion(ask);
  }

  @Answers('capacity-planner.pin-offers')
  pinOffers(ask: AskOf<'capacity-planner.pin-offers'>) {
    return this.control.pin(ask);
  }

  @Answers('capacity-planner.end-pin')
  endPin(ask: AskOf<'capacity-planner.end-pin'>) {
    return this.control.endPin(ask);
  }

  @Answers('capacity-planner.set-floor')
  setFloor(ask: AskOf<'capacity-planner.set-floor'>) {
    return this.control.setFloor(ask);
  }
}

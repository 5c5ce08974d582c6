import {
  defaultPolicy,
  type Fleet,
  type Plan,
  type PlanningProblem,
  type Refusals,
} from '@slipway/capacity-planner-core';
import type { FactBatch } from '@slipway/contracts';
import { createLogger, createMetrics } from '@slipway/telemetry';
import { CommitmentAnswers } from './answers/commitment-answers.js';
import { ControlAnswers } from './answers/control-answers.js';
import { KeptPlans } from './answers/kept-plans.js';
import { MarketAnswers } from './answers/market-answers.js';
import { PlanAnswers } from './answers/plan-answers.js';
import { QuestionAnswers } from './answers/question-answers.js';
import { TermAnswers } from './answers/term-answers.js';
import type { CatalogueView } from './catalogue/catalogue-view.js';
import { explainInThread } from './explaining/explain-in-thread.js';
import { PlannerJournal } from './journal/planner-journal.js';
import { PlannerState } from './journal/planner-state.js';
import { PlannerMetrics } from './metrics/planner-metrics.js';
import { overLedPlanner } from './led-planner.testing.js';
import type { Leadership } from './processes/lead-planner.js';
import { PlanTriggers } from './processes/plan-capacity/plan-triggers.js';
import { PlanningCycle } from './processes/plan-capacity/planning-cycle.js';
import { Demand } from './processes/read-demand/demand.js';
import { catalogue, ruleOfThree } from './rule-of-three.testing.js';
import { CatalogueStore } from './store/catalogue-store.js';
import { DemandStore } from './store/demand-store.js';
import { PlanStore } from './store/plan-store.js';

export const KEY = 'gpu:nonex0 cpu:1000 mem:1024 class:batch';
export const START = Date.parse('2026-11-21T12:00:00Z');
const explainThread = new URL('./dist/explaining/explain.thread.js', import.meta.url);

/** A planner over a database of its own, and around it what a spec decides: the time, the fleet, what is sold, who makes plans. */
export class PlanningSite {
  at = START;
  makePlan!: (problem: PlanningProblem) => Promise<Plan>;
  fleet!: Fleet;
  sold!: (refusals?: Refusals) => CatalogueView;
  /** What was told to who follows plans, and what waited beside it. */
  readonly followed: string[] = [];
  readonly besides: (string | undefined)[] = [];
  scene!: Awaited<ReturnType<PlanningSite['restart']>>;
  leadership!: Leadership;

  get pool(): Leadership['store']['pool'] {
    return this.leadership.store.pool;
  }

  /** As on the first day. */
  async clear(): Promise<void> {
    this.at = START;
    this.followed.length = 0;
    this.makePlan = (problem) => Promise.resolve(ruleOfThree(problem));
    this.fleet = { seenAt: START, holdings: [], running: [] };
    this.sold = () => catalogue;
    for (const table of ['events', 'plans', 'demand_steps', 'facts_read', 'catalogue_versions'])
      await this.pool.query({ text: `truncate capacity_planner.${table}` });
    await this.leadership.store.log.findEnd();
    this.scene = await this.restart();
  }

  /** The planner's parts over the database, as a process has them after its start. */
  async restart() {
    const { store, fence } = this.leadership!;
    const now = (): number => this.at;
    const journal = new PlannerJournal(store.log, fence);
    const state = new PlannerState(journal);
    await journal.replay();
    const demand = new Demand(new DemandStore(store.pool), now);
    await demand.load();
    demand.setReading('caught-up');
    const plans = new PlanStore(store.pool);
    const source = { current: (refusals?: Refusals) => Promise.resolve(this.sold(refusals)) };
    const fleetSource = { look: () => Promise.resolve(this.fleet) };
    const make = (problem: PlanningProblem): Promise<Plan> => this.makePlan(problem);
    const cycle = new PlanningCycle({
      ...{ now, state, demand, plans, catalogue: source, makePlan: make, policy: defaultPolicy },
      catalogues: new CatalogueStore(store.pool),
      fleet: fleetSource,
      followers: [
        {
          name: 'spec',
          follow: ({ stored }, heldBack) => {
            this.followed.push(stored.planId);
            this.besides.push(heldBack?.stored.planId);
            return Promise.resolve();
          },
        },
      ],
      metrics: new PlannerMetrics(createMetrics('spec')),
      logger: createLogger('spec', 'silent'),
    });
    await cycle.load();
    const kept = new KeptPlans(state, plans);
    const acting = { stepsOf: () => undefined };
    return {
      ...{ state, demand, plans, cycle },
      answers: new PlanAnswers(state, plans, kept, cycle, acting, make, fleetSource, now),
      questions: new QuestionAnswers(kept, make, explainInThread(explainThread), source),
      terms: new TermAnswers(kept, new CatalogueStore(store.pool)),
      control: new ControlAnswers(state, defaultPolicy, now, new PlanTriggers(), source),
      commitments: new CommitmentAnswers(state, source, fleetSource, new PlanTriggers(), now),
      market: new MarketAnswers(source, demand, kept, state, now),
    };
  }

  /** What is kept of the catalogue can no longer be read, nor what plans were made of with it. */
  async damageCatalogue(version: string): Promise<void> {
    await this.pool.query({
      text: `update capacity_planner.catalogue_versions set content = $2 where version = $1`,
      values: [version, Buffer.from('no gzip')],
    });
  }

  /** So many containers find no room; the fact stands at this position. */
  lacking(position: number, containers: number): FactBatch {
    return {
      service: 'scheduler',
      firstPosition: position,
      lastPosition: position,
      facts: [{ at: this.at, type: 'room-lacked', functionId: 'fu-1', demandKey: KEY, containers }],
    };
  }
}

/** A site for the specs of one file, cleared before each. */
export const planningSite = (): PlanningSite => {
  const site = new PlanningSite();
  overLedPlanner((leadership) => (site.leadership = leadership));
  beforeEach(() => site.clear());
  return site;
};

/** The code of a refusal, or what was thrown instead; `nothing` where nothing was. */
export const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'nothing',
    (error: unknown) => (error as { refusal?: { code: string } }).refusal?.code ?? String(error),
  );

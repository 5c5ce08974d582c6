import {
  DemandLedger,
  noneOnTheirWay,
  onTheirWay,
  reportPlacements,
  toBuyFor,
  WantedMeter,
  type DemandLedgerState,
  type Host,
  type MeteredStep,
  type PlacementReport,
  type Wanted,
} from '@slipway/capacity-planner-core';
import { factsAfter, type Fact, type FactBatch } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { DemandStore } from '../../store/demand-store.js';
import { stepsOnce } from './steps-once.js';

const SERVICE = 'scheduler';
/** What forecasts look back on. */
const KEPT_MS = 28 * 86_400_000;

/** Why the newest plan is outdated: another demand, or containers that could not be placed as the plan in force says. */
export type DemandNews = 'demand' | 'could-not-follow';

const isNotFollowed = (fact: Fact): boolean => fact.type === 'task-created' && fact.placedBy === 'best-fit';

/** What is wanted now and what was wanted before, from the scheduler's facts. Each fact counts once, whatever is sent twice. */
export class Demand {
  private ledger = new DemandLedger();
  private readonly meter = new WantedMeter();
  private position = 0;
  private metered: MeteredStep[] = [];
  /** On their way to the store, which may have them already. */
  private saving: readonly MeteredStep[] = [];
  private changed = false;
  private reading: 'behind' | 'caught-up' = 'behind';
  /** When the facts were last read to their end. */
  private readAt: Instant | undefined;
  /** When an earlier process had last read them to their end; where none had, since when this one could. */
  private takenUpAt: Instant;

  constructor(
    private readonly store: DemandStore,
    private readonly now: () => Instant,
    private readonly hosts: () => readonly Host[] = () => [],
  ) {
    this.takenUpAt = now();
  }

  /** Takes up where an earlier process had saved. Answers the position of the last fact that it knows. */
  async load(): Promise<number> {
    const read = await this.store.load(SERVICE);
    if (read !== undefined) {
      this.ledger = new DemandLedger(read.ledger);
      this.position = read.position;
      this.takenUpAt = read.readAt;
    }
    this.meter.set(this.wanted(), this.now());
    return this.position;
  }

  /** Whether facts between those that are known and these were told, and can be read no longer. */
  misses({ service, firstPosition }: FactBatch): boolean {
    return service === SERVICE && firstPosition > this.position + 1;
  }

  /** What is wanted is this, whatever was known: facts are missing. Those that follow, and some that do not, may be folded. */
  takeAnew(now: Omit<DemandLedgerState, 'placements'>): void {
    const { placements } = this.ledger.toState();
    this.ledger = new DemandLedger({ ...now, ...(placements === undefined ? {} : { placements }) });
    this.metered.push(...this.meter.set(this.wanted(), this.now()));
    this.changed = true;
  }

  /** Answers what was news in the batch; nothing where it was known already. */
  fold(batch: FactBatch): DemandNews | undefined {
    const { service, lastPosition } = batch;
    if (service !== SERVICE || lastPosition <= this.position) return undefined;
    const facts = factsAfter(batch, this.position);
    const isNews = facts.some(isNotFollowed);
    const onWay = isNews ? onTheirWay(this.hosts()) : noneOnTheirWay;
    for (const fact of facts) this.ledger.fold(fact, onWay);
    this.position = lastPosition;
    const at = Math.min(this.now(), facts.at(-1)?.at ?? this.now());
    this.metered.push(...this.meter.set(this.wanted(), at));
    this.changed = true;
    return isNews ? 'could-not-follow' : 'demand';
  }

  /** Whether all facts until now have been read, and more would be heard of. */
  setReading(state: 'behind' | 'caught-up'): void {
    this.reading = state;
    if (state === 'caught-up') this.readAt = this.now();
  }

  /** When this process last knew demand as it was then. */
  get knownAt(): Instant | undefined {
    return this.reading === 'caught-up' ? this.now() : this.readAt;
  }

  /** When demand was last known, by whichever process; before it ever was, since when it could be. */
  get lastKnownAt(): Instant {
    return this.knownAt ?? this.takenUpAt;
  }

  async save(): Promise<void> {
    this.metered.push(...this.meter.advance(this.now()));
    if (!this.changed && this.metered.length === 0) return;
    const steps = this.metered;
    const read = { position: this.position, ledger: this.ledger.toState(), readAt: this.lastKnownAt };
    this.saving = steps;
    this.metered = [];
    this.changed = false;
    try {
      await this.store.save(SERVICE, read, steps);
    } catch (error) {
      this.metered = [...steps, ...this.metered];
      this.changed = true;
      throw error;
    } finally {
      this.saving = [];
    }
  }

  wanted(): ReadonlyMap<string, Wanted> {
    return this.ledger.wanted();
  }

  running(): ReturnType<DemandLedger['running']> {
    return this.ledger.running();
  }

  standing(): ReturnType<DemandLedger['standing']> {
    return this.ledger.standing();
  }

  /** Bought hosts that have joined, by offer. */
  joinedHosts(): ReadonlyMap<string, number> {
    return this.ledger.joinedHosts();
  }

  /** Who said where containers went in the last hour, and where the plan could not be followed. */
  placedLately(): PlacementReport {
    return reportPlacements(this.ledger.placedLately(this.now()));
  }

  /** Containers to buy for, by demand key. */
  levels(): ReadonlyMap<string, number> {
    return new Map([...this.ledger.wanted()].map(([key, wanted]) => [key, toBuyFor(wanted)]));
  }

  /** What was metered, that of the last moments included. */
  async steps(since: Instant = this.now() - KEPT_MS): Promise<readonly MeteredStep[]> {
    const unsaved = this.unsaved(since);
    return stepsOnce(await this.store.steps(since), unsaved);
  }

  /** Of what was metered, all that the store may not have yet. */
  unsaved(since: Instant): readonly MeteredStep[] {
    return [...this.saving, ...this.metered].filter(({ startsAt }) => startsAt >= since);
  }

  forgetOld(): Promise<void> {
    return this.store.forgetBefore(this.now() - KEPT_MS);
  }
}

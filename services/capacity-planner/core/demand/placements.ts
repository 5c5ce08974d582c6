import type { CouldNotFollow, Fact, TaskId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { OnTheirWay } from '../acting/on-its-way.js';

type TaskCreated = Extract<Fact, { type: 'task-created' }> & Readonly<{ taskId: TaskId }>;
export type PlacedBy = NonNullable<TaskCreated['placedBy']>;

/** What the scheduler says, and of absent hosts whether they are on their way, which it does not know. */
export type WhyNot = Readonly<{
  because: CouldNotFollow['because'] | 'hosts-starting';
  offerIds: readonly string[];
}>;

/** Containers of one group that were placed in one way in one step. */
export type PlacedCount = Readonly<{
  startsAt: Instant;
  demandKey: string;
  by: PlacedBy;
  /** Why not by the plan, and where the plan would have had them. */
  couldNotFollow?: WhyNot;
  /** What they stand on; nothing on a machine of the site's own. */
  offerId?: string;
  containers: number;
}>;

const STEP_MS = 300_000;
/** So long is told of. */
export const PLACEMENTS_KEPT_MS = 3_600_000;

/** Who said where containers went within the last hour, and where the plan could not be followed, as the scheduler tells it: a fold. */
export class Placements {
  private readonly counts: Map<string, PlacedCount>;

  constructor(state: readonly PlacedCount[] = []) {
    this.counts = new Map(state.map((count) => [keyOf(count), count]));
  }

  /** Counts a container; while no plan is in force nobody could have followed one. */
  fold(
    { at, demandKey, placedBy: by, couldNotFollow }: TaskCreated,
    offerId: string | undefined,
    onTheirWay: OnTheirWay,
  ): void {
    if (demandKey === undefined || by === undefined) return;
    const step: PlacedCount = {
      ...{ startsAt: Math.floor(at / STEP_MS) * STEP_MS, demandKey, by, containers: 0 },
      ...(couldNotFollow === undefined ? {} : { couldNotFollow: whyNot(couldNotFollow, at, onTheirWay) }),
      ...(offerId === undefined ? {} : { offerId }),
    };
    const key = keyOf(step);
    if (!this.counts.has(key)) this.forgetBefore(at - PLACEMENTS_KEPT_MS - STEP_MS);
    this.counts.set(key, { ...step, containers: (this.counts.get(key)?.containers ?? 0) + 1 });
  }

  /** What was placed in the hour before `at`, whole steps. */
  lately(at: Instant): readonly PlacedCount[] {
    return [...this.counts.values()].filter(({ startsAt }) => startsAt + STEP_MS > at - PLACEMENTS_KEPT_MS);
  }

  toState(): readonly PlacedCount[] {
    return [...this.counts.values()];
  }

  private forgetBefore(at: Instant): void {
    for (const [key, { startsAt }] of this.counts) if (startsAt < at) this.counts.delete(key);
  }
}

const whyNot = (said: CouldNotFollow, at: Instant, onTheirWay: OnTheirWay): WhyNot =>
  said.because === 'hosts-absent' && onTheirWay(said.offerIds, at)
    ? { ...said, because: 'hosts-starting' }
    : said;

const keyOf = ({ containers: _, ...what }: PlacedCount): string =>
  JSON.stringify(Object.entries(what).toSorted());

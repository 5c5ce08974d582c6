import { isFromTheFuture, stateOf } from '@slipway/capacity-planner-core';
import type { Instant } from '@slipway/kernel';
import type { StoredPlan } from '../../store/plan-store.js';
import { UnreadableError } from '../../store/unreadable-error.js';
import type { CycleParts } from './cycle-parts.js';
import { gatherKnown, type Known } from './gather-known.js';
import { makeAndKeep } from './make-and-keep.js';
import type { KeptPlan } from './ports.js';

/** An older plan says nothing of now: hosts stay as they are. */
const FOLLOWED_FOR_MS = 3_600_000;

/** One plan after another, each from all that is known when it is begun. What goes wrong leaves the last good plan in force. */
export class PlanningCycle {
  private newest: KeptPlan | undefined;
  private inForce: KeptPlan | undefined;
  private running: Promise<StoredPlan | undefined> | undefined;
  /** Asked for, and not begun yet. */
  private next: Promise<StoredPlan | undefined> | undefined;

  constructor(private readonly parts: CycleParts) {}

  /** Takes up the plans that an earlier process had made. */
  async load(): Promise<void> {
    const { plans, state, metrics, now } = this.parts;
    const newest = await plans.newest(state.decisions.newest?.planId);
    this.newest = newest && (await this.read(newest.planId));
    metrics.tookUp(newest, now());
    await this.enforce(state.decisions.inForce?.planId);
  }

  /** Makes a plan, or answers the one that is being made. Undefined where there is nothing to plan. Throws what went wrong, after it was written down. */
  plan(trigger: string): Promise<StoredPlan | undefined> {
    this.running ??= this.planOnce(trigger).finally(() => (this.running = undefined));
    return this.running;
  }

  /** Makes a plan from all that is known by now: another one after the one that is being made, for all who ask meanwhile. Else as `plan`. */
  planAnew(trigger: string): Promise<StoredPlan | undefined> {
    this.next ??= (this.settled() ?? Promise.resolve()).then(() => {
      this.next = undefined;
      return this.plan(trigger);
    });
    return this.next;
  }

  /** When the plan that is being made is made, or was not; undefined where none is. What is known by now may not be in it. */
  settled(): Promise<void> | undefined {
    return this.running?.then(
      () => undefined,
      () => undefined,
    );
  }

  /** Has the decision about a plan take effect. */
  async decided(): Promise<void> {
    await this.enforce(this.parts.state.decisions.inForce?.planId);
    await this.follow();
  }

  /** Tells those who carry the plan in force out, again and again: they may have started anew. */
  async follow(): Promise<void> {
    const { inForce, heldBack } = this;
    if (inForce === undefined) return;
    const { followers, logger, now } = this.parts;
    if (now() - (heldBack ?? inForce).stored.madeAt > FOLLOWED_FOR_MS) return;
    await Promise.all(
      followers.map((follower) =>
        follower
          .follow(inForce, heldBack)
          .catch((error: unknown) =>
            logger.error(
              { err: error, planId: inForce.stored.planId, follower: follower.name },
              'the plan is not followed yet',
            ),
          ),
      ),
    );
  }

  /** The problem as it would be planned now; undefined while nothing is wanted, held or reserved. */
  knownNow(): Promise<Known | undefined> {
    return gatherKnown(this.parts, { newest: this.newest?.stored, inForce: this.inForce?.stored });
  }

  private async planOnce(trigger: string): Promise<StoredPlan | undefined> {
    const { now, state, metrics, logger } = this.parts;
    try {
      const known = await this.knownNow();
      if (known === undefined) return undefined;
      const { kept, catalogue, seconds } = await makeAndKeep(known, trigger, this.parts);
      const { stored, problem } = kept;
      this.tellOfJump(stored.madeAt);
      this.newest = kept;
      await this.enforce(state.decisions.inForce?.planId);
      await this.follow();
      metrics.made(stored, problem, catalogue, seconds);
      return stored;
    } catch (error) {
      const because = error instanceof Error ? error.message : String(error);
      metrics.failed();
      logger.error({ err: error, trigger }, 'no plan was made; the last good one stays');
      if (state.failing?.because !== because)
        await state.record(() => [{ type: 'planning-failed', data: { trigger, because } }], now());
      throw error;
    }
  }

  /** The plan before was made by a clock that was ahead; told once, for the next one is made by the clock as it is now. */
  private tellOfJump(madeAt: Instant): void {
    const before = this.newest?.stored.madeAt;
    if (before !== undefined && isFromTheFuture(before, madeAt))
      this.parts.logger.warn(
        { lastMadeAt: new Date(before).toISOString() },
        'the last plan was made in the future: the clock has jumped; planning goes on from now',
      );
  }

  /** Reads the plan in force, with its problem, unless it is the one that is followed already. */
  private async enforce(planId: string | undefined): Promise<void> {
    if (planId === undefined || planId === this.inForce?.stored.planId) return;
    const { newest } = this;
    this.inForce = (newest?.stored.planId === planId ? newest : await this.read(planId)) ?? this.inForce;
  }

  /** A plan and what it was made from; undefined where that is not kept, or damaged: the next plan takes its place. */
  private async read(planId: string): Promise<KeptPlan | undefined> {
    const { plans, logger } = this.parts;
    try {
      const [stored, problem] = [await plans.find(planId), await plans.problemOf(planId)];
      return stored && problem && { stored, problem };
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      logger.warn(
        { err: error, planId },
        'a plan cannot be read: the fleet stays until the next one is made',
      );
      return undefined;
    }
  }

  /** The newest plan, where a person keeps it from being in force. */
  private get heldBack(): KeptPlan | undefined {
    const { newest } = this;
    const state = newest && stateOf(this.parts.state.decisions, newest.stored.planId);
    return state === 'waiting' || state === 'rejected' ? newest : undefined;
  }
}

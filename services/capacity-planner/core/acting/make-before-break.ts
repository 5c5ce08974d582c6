import type { Instant } from '@slipway/kernel';
import type { Change, HoldingRule } from './change.js';
import { isUnanswered, type Host } from './host.state.js';
import type { Bill, SpendNow } from './spend-now.js';

/**
 * Why a change is not carried out now. Of a start that caps on spend hold, how far it would be above each; of one that waits for
 * nothing that the plan does, that it never joins.
 */
export type Hold = Readonly<{
  heldBy: HoldingRule;
  because: string;
  over?: Bill;
  joins?: 'never';
}>;

type Around = Readonly<{
  at: Instant;
  hosts: readonly Host[];
  /** Starts that a plan wants and that are not among the changes. */
  awaited?: readonly Change[];
  /** What commitments pay for makes no room where it is let go. */
  spend: SpendNow;
}>;

/**
 * Whether hosts may be drained for starts that a cap on spend holds: as many as make room, or, where all of them together would not, none.
 * What is spent today already comes back by no drain.
 */
export type CapRule = 'make-room' | 'keep';

/** Whether a host may be drained already, as changes are judged one after another: starts before drains. */
export class MakeBeforeBreak {
  /** Is there a start that will join without a drain? */
  private joins: boolean;
  /** How far each start that a cap holds would be above it. */
  private readonly over: Bill[] = [];
  private readonly leaving: Set<Host>;
  private readonly spend: SpendNow;

  constructor(
    changes: readonly Change[],
    { at, hosts, awaited = [], spend }: Around,
    private readonly rule: CapRule,
  ) {
    this.joins = starts(awaited) > starts(changes) || hosts.some((host) => isOnItsWay(host, at));
    this.leaving = new Set(hosts.filter(({ status }) => status === 'draining' || status === 'stopping'));
    this.spend = spend;
  }

  holdOf({ action }: Change): Hold | undefined {
    if (action !== 'drain') return undefined;
    if (this.joins)
      return { heldBy: 'make-before-break', because: 'what the plan starts has not joined yet' };
    if (this.over.length === 0) return undefined;
    if (this.rule === 'keep')
      return {
        heldBy: 'make-before-break',
        because: 'all that could go would make no room under the cap for what the plan starts',
      };
    if (!this.hasRoom()) return undefined;
    return {
      heldBy: 'make-before-break',
      because: 'what is drained already makes room under the cap for what the plan starts',
    };
  }

  /** Once all that leaves is gone, is the next start that a cap holds below it? True where no cap holds one. */
  hasRoom(): boolean {
    if (this.over.length === 0) return true;
    const after = this.spend.without(this.leaving);
    return this.over.some(
      ({ hourlyMicroUsd, dayMicroUsd }) =>
        this.spend.hourlyMicroUsd - after.hourlyMicroUsd >= hourlyMicroUsd &&
        (dayMicroUsd === 0 || this.spend.dayMicroUsd - after.dayMicroUsd >= dayMicroUsd),
    );
  }

  /** Takes up what became of a change. */
  count(change: Change, hold: Hold | undefined): void {
    if (change.action === 'start') this.countStart(hold);
    if ((change.action === 'drain' || change.action === 'stop') && hold === undefined)
      this.leaving.add(change.host);
  }

  private countStart(hold: Hold | undefined): void {
    if (hold?.joins === 'never') return;
    if (hold?.over === undefined) this.joins = true;
    else this.over.push(hold.over);
  }
}

const starts = (changes: readonly Change[]): number =>
  changes.filter(({ action }) => action === 'start').length;

const isOnItsWay = (host: Host, at: Instant): boolean =>
  (host.status === 'asked' || host.status === 'starting') && !isUnanswered(host, at);

import type { CommitmentTerms } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import type { GroupId } from '../../demand/demand-group.js';
import type { MarketEvent } from '../replay/recorded-event.js';
import { groupOfName } from './read-group.js';
import type { DemandChange, Happened, Trace, TraceGroup, TraceSpan } from './trace.js';

/** A trace while it is read, row by row. */
export class TraceDraft {
  readonly offers: Trace['offers'][number][] = [];
  readonly quotas: Trace['quotas'][number][] = [];
  readonly commitments: CommitmentTerms[] = [];
  readonly market: MarketEvent[] = [];
  readonly notes: string[] = [];
  policy: unknown;
  happened: Happened | undefined;
  private span: TraceSpan = {};
  private until: Instant | undefined;
  private readonly groups = new Map<GroupId, TraceGroup>();
  private readonly changes: DemandChange[] = [];
  private readonly levels = new Map<GroupId, Map<Instant, number>>();

  setSpan(span: Readonly<{ [Name in keyof TraceSpan]: TraceSpan[Name] | undefined }>): void {
    const said = Object.entries(span).filter(([, value]) => value !== undefined);
    this.span = { ...this.span, ...(Object.fromEntries(said) as TraceSpan) };
  }

  /** A group as a row above has said it, or as its name says all of it. */
  groupNamed(groupId: GroupId): TraceGroup | undefined {
    return this.groups.get(groupId) ?? groupOfName(groupId);
  }

  /** Whether the group is another one than a row above has said. */
  contradicts(group: TraceGroup): boolean {
    const known = this.groups.get(group.groupId);
    return known !== undefined && JSON.stringify(known.shape) !== JSON.stringify(group.shape);
  }

  seeGroup(group: TraceGroup): void {
    const known = this.groups.get(group.groupId);
    if (known === undefined || group.floorContainers > 0) this.groups.set(group.groupId, group);
  }

  /** From `at` on so many containers are wanted, beside those of jobs. */
  setLevel(groupId: GroupId, at: Instant, containers: number): void {
    const group = this.groupNamed(groupId);
    if (group !== undefined) this.seeGroup(group);
    const levels = this.levels.get(groupId) ?? new Map<Instant, number>();
    this.levels.set(groupId, levels.set(at, containers));
    this.extendTo(at);
  }

  change(groupId: GroupId, at: Instant, containers: number): void {
    this.changes.push({ groupId, at, containers });
  }

  /** What is long over need not be run: a trace ends with the last that it says is wanted, not with the end of its longest job. */
  extendTo(at: Instant): void {
    this.until = Math.max(this.until ?? at, at);
  }

  trace(): Trace {
    const { span, groups, offers, quotas, commitments, market, notes, policy, happened, until } = this;
    const demand = [...this.changes, ...this.changesOfLevels()].toSorted((a, b) => a.at - b.at);
    return {
      span: span.until === undefined && until !== undefined ? { ...span, lastAt: until } : span,
      groups: [...groups.values()],
      ...{ demand, offers, quotas, commitments, market, notes },
      ...(policy === undefined ? {} : { policy }),
      ...(happened === undefined ? {} : { happened }),
    };
  }

  private changesOfLevels(): readonly DemandChange[] {
    return [...this.levels].flatMap(([groupId, levels]) => {
      let before = 0;
      return [...levels]
        .toSorted(([a], [b]) => a - b)
        .map(([at, level]): DemandChange => {
          const change = { groupId, at, containers: level - before };
          before = level;
          return change;
        });
    });
  }
}

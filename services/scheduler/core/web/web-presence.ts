import type { AwaitWebTasks, FunctionId, TaskId, WebInside, WebProblem } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

/** A gateway that says nothing for so long holds no requests any more. */
export const DEMAND_LASTS_MS = 5_000;

export type WebDemand = Readonly<{
  waiting: number;
  active: number;
  /** From when on there has always been a request that waits, at one gateway at least. */
  waitingSince?: Instant;
}>;
type Heard = WebDemand & Readonly<{ heardAt: Instant; poll: symbol }>;

const NONE: WebDemand = { waiting: 0, active: 0 };

/** Web requests as gateways and workers tell of them: known while this process runs, never logged. */
export class WebPresence {
  private readonly demands = new Map<FunctionId, Map<string, Heard>>();
  /** Requests inside containers, by the last word of their workers. */
  private readonly inside = new Map<TaskId, WebInside>();
  private readonly problems = new Map<FunctionId, WebProblem>();

  /** A gateway's newest word. Answers whether it is still the newest. */
  hear({ functionId, gatewayId, demand }: AwaitWebTasks, at: Instant): () => boolean {
    const ofFunction = this.demands.get(functionId) ?? new Map<string, Heard>();
    this.demands.set(functionId, ofFunction);
    const poll = Symbol(gatewayId);
    const before = ofFunction.get(gatewayId);
    const isFresh = before !== undefined && at - before.heardAt <= DEMAND_LASTS_MS;
    const waitingSince = (isFresh ? before.waitingSince : undefined) ?? at;
    const since = demand.waiting > 0 ? { waitingSince } : {};
    ofFunction.set(gatewayId, { ...demand, ...since, heardAt: at, poll });
    return () => ofFunction.get(gatewayId)?.poll === poll;
  }

  /** What all gateways hold for a function. */
  demand(functionId: FunctionId, at: Instant): WebDemand {
    const ofFunction = this.demands.get(functionId);
    if (ofFunction === undefined) return NONE;
    let waiting = 0;
    let active = 0;
    const since: Instant[] = [];
    for (const [gatewayId, heard] of ofFunction) {
      if (at - heard.heardAt > DEMAND_LASTS_MS) {
        ofFunction.delete(gatewayId);
        continue;
      }
      waiting += heard.waiting;
      active += heard.active;
      if (heard.waitingSince !== undefined) since.push(heard.waitingSince);
    }
    if (ofFunction.size === 0) this.demands.delete(functionId);
    return { waiting, active, ...(since.length > 0 ? { waitingSince: Math.min(...since) } : {}) };
  }

  /** Functions of which a gateway has spoken lately. */
  functionsInDemand(at: Instant): readonly FunctionId[] {
    return [...this.demands.keys()].filter((functionId) => {
      this.demand(functionId, at);
      return this.demands.has(functionId);
    });
  }

  setInside(taskId: TaskId, inside: WebInside): void {
    if (inside.active > 0) this.inside.set(taskId, inside);
    else this.inside.delete(taskId);
  }

  insideOf(taskId: TaskId): number {
    return this.inside.get(taskId)?.active ?? 0;
  }

  /** Places that requests take in it. */
  takenIn(taskId: TaskId): number {
    return this.inside.get(taskId)?.taken ?? 0;
  }

  forgetTask(taskId: TaskId): void {
    this.inside.delete(taskId);
  }

  /** What waits is told of the problem and waits no longer. */
  fail(functionId: FunctionId, problem: WebProblem): void {
    this.problems.set(functionId, problem);
    for (const [gatewayId, { waitingSince: _over, ...heard }] of this.demands.get(functionId) ?? [])
      this.demands.get(functionId)?.set(gatewayId, { ...heard, waiting: 0 });
  }

  problemOf(functionId: FunctionId): WebProblem | undefined {
    return this.problems.get(functionId);
  }

  /** Another try is made, so the last one's problem counts no more. */
  forgive(functionId: FunctionId): void {
    this.problems.delete(functionId);
  }
}

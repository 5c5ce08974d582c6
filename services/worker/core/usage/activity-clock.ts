import type { CallId, CallShare, ContainerPhases, InputId } from '@slipway/contracts';

type Phase = keyof ContainerPhases;

/** More calls than this in one period are not named one by one. */
const NAMED_CALLS = 100;

/**
 * What a container is doing, and for whom, along a clock that is handed in: nanoseconds since its program was started. A
 * moment before the last one counts as the last one.
 */
export class ActivityClock {
  private atNs = 0;
  private reached: 'starting' | 'ready' = 'starting';
  private ending: 'not-asked' | 'asked' = 'not-asked';
  private webRequests = 0;
  private held = new Map<InputId, CallId>();
  private phases: Record<Phase, number> = nothing();
  private calls = new Map<CallId, { inputs: number; heldNs: number }>();

  becomeReady(atNs: number): void {
    this.advance(atNs);
    this.reached = 'ready';
  }

  beginStop(atNs: number): void {
    this.advance(atNs);
    this.ending = 'asked';
  }

  holdWebRequests(count: number, atNs: number): void {
    this.advance(atNs);
    this.webRequests = count;
  }

  /** From now on exactly these inputs are in the container's hands. */
  holdInputs(inputs: ReadonlyMap<InputId, CallId>, atNs: number): void {
    this.advance(atNs);
    for (const [inputId, callId] of inputs) if (!this.held.has(inputId)) this.count(callId);
    this.held = new Map(inputs);
  }

  /** What was done since the last cut. */
  cut(atNs: number): Readonly<{ phases: ContainerPhases; calls: readonly CallShare[] }> {
    this.advance(atNs);
    const { phases } = this;
    const calls = [...this.calls].map(([callId, share]) => ({ callId, ...share }));
    this.phases = nothing();
    this.calls = new Map();
    for (const callId of this.held.values()) this.count(callId);
    return { phases, calls };
  }

  private get phase(): Phase {
    if (this.held.size > 0 || this.webRequests > 0) return 'busyNs';
    if (this.ending === 'asked') return 'stoppingNs';
    return this.reached === 'starting' ? 'startingNs' : 'idleNs';
  }

  private advance(atNs: number): void {
    const spentNs = Math.max(0, atNs - this.atNs);
    this.atNs += spentNs;
    this.phases[this.phase] += spentNs;
    for (const callId of this.held.values()) {
      const share = this.calls.get(callId);
      if (share !== undefined) share.heldNs += spentNs;
    }
  }

  private count(callId: CallId): void {
    const share = this.calls.get(callId);
    if (share !== undefined) share.inputs += 1;
    else if (this.calls.size < NAMED_CALLS) this.calls.set(callId, { inputs: 1, heldNs: 0 });
  }
}

const nothing = (): Record<Phase, number> => ({ startingNs: 0, busyNs: 0, idleNs: 0, stoppingNs: 0 });

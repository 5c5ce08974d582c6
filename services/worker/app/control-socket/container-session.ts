import type { CallId, InputId, Outcome, TakenInput, TaskAssignment } from '@slipway/contracts';
import {
  handOut,
  nextDeadline,
  noInputs,
  overdue,
  settle,
  tellToCancel,
  type HeldInput,
  type HeldInputs,
} from '@slipway/worker-core';

export type SessionEvents = Readonly<{
  /** The client's runtime has connected. */
  onHello: () => void;
  /** It asks for its first input: imports and set-up are done. */
  onReady: () => void;
  onInitFailure: (outcome: Outcome) => void;
  /** It was told to end by itself. */
  onLeaving: () => void;
  onOverdue: (inputs: readonly HeldInput[]) => void;
  /** From now on it has these inputs in its hands. */
  onHeld: (inputs: ReadonlyMap<InputId, CallId>) => void;
}>;

const LONGEST_TIMER_MS = 2_147_483_647;

/** What the worker knows of one container's conversation with it: the inputs in its hands, and what it is still to be told. */
export class ContainerSession {
  private held: HeldInputs = noInputs;
  private readonly calls = new Map<InputId, CallId>();
  private untold: InputId[] = [];
  /** The input that came with the answer to outputs, for the container's next question. */
  private ahead: Promise<readonly TakenInput[]> | undefined;
  private readonly aheadIds = new Set<InputId>();
  private waiting = 0;
  private takesOneByOne = false;
  /** Inputs that are out of the container's hands while the scheduler does not know it yet. */
  private readonly reporting = new Set<InputId>();
  private toldOfCancel: () => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;
  private progress: 'silent' | 'connected' | 'ready' = 'silent';
  private answeredAt: number | undefined;
  private readonly exit = new AbortController();
  private wasInterrupted = false;
  private readonly end = new AbortController();

  constructor(
    readonly assignment: TaskAssignment,
    private readonly events: SessionEvents,
  ) {}

  /** When the container put its last output. */
  get lastAnswerAt(): number | undefined {
    return this.answeredAt;
  }

  /** Aborts when the container should take no more inputs. */
  get exitWanted(): AbortSignal {
    return this.exit.signal;
  }

  /** Aborts when the container has ended. */
  get ended(): AbortSignal {
    return this.end.signal;
  }

  get reached(): 'starting' | 'ready' {
    return this.progress === 'ready' ? 'ready' : 'starting';
  }

  get inputIds(): readonly InputId[] {
    return [...this.held.map(({ inputId }) => inputId), ...this.reporting, ...this.aheadIds];
  }

  /** The input to which output belongs: known for sure only while there is one. */
  get onlyInput(): Readonly<{ inputId: InputId; callId: CallId }> | undefined {
    const [only, ...others] = this.held;
    if (only === undefined || others.length > 0) return undefined;
    const callId = this.calls.get(only.inputId);
    return callId === undefined ? undefined : { inputId: only.inputId, callId };
  }

  /** Is an input of the call in the container's hands? */
  serves(callId: string): boolean {
    return [...this.calls.values()].some((served) => served === callId);
  }

  hello(): void {
    if (this.progress !== 'silent') return;
    this.progress = 'connected';
    this.events.onHello();
  }

  ready(): void {
    this.hello();
    if (this.progress === 'ready') return;
    this.progress = 'ready';
    this.events.onReady();
  }

  leave(): void {
    this.events.onLeaving();
  }

  failStart(outcome: Outcome): void {
    this.events.onInitFailure(outcome);
  }

  take(inputs: readonly TakenInput[], at: number): void {
    for (const input of inputs) {
      this.held = handOut(this.held, input, this.assignment.inputTimeoutMs, at);
      this.calls.set(input.inputId, input.callId);
    }
    this.events.onHeld(this.calls);
    this.watchDeadlines();
  }

  private settle(inputIds: readonly InputId[]): void {
    this.held = settle(this.held, inputIds);
    for (const inputId of inputIds) this.calls.delete(inputId);
    this.events.onHeld(this.calls);
    this.watchDeadlines();
  }

  /** A question of the container for inputs is on its way while `ask` runs. */
  async whileAsking<Answer>(batchMaxSize: number, ask: () => Promise<Answer>): Promise<Answer> {
    this.takesOneByOne = batchMaxSize <= 1 && this.assignment.maxConcurrentInputs <= 1;
    this.waiting += 1;
    try {
      return await ask();
    } finally {
      this.waiting -= 1;
    }
  }

  /** Whether the container, once it has put its outputs, will ask for exactly one input next. */
  get asksNext(): boolean {
    const { lifetime, purpose } = this.assignment;
    return (
      this.takesOneByOne &&
      this.waiting === 0 &&
      this.ahead === undefined &&
      lifetime === 'reused' &&
      purpose === 'serve' &&
      !this.exit.signal.aborted
    );
  }

  /** Keeps what comes for the container's next question; it counts as held from its arrival on. */
  expectAhead(coming: Promise<readonly TakenInput[]>): void {
    this.ahead = coming.then((inputs) => {
      for (const { inputId } of inputs) this.aheadIds.add(inputId);
      return inputs;
    });
  }

  /** What came ahead, once; waits for it if it is on its way. */
  async takeAhead(): Promise<readonly TakenInput[]> {
    const { ahead } = this;
    this.ahead = undefined;
    return (await ahead) ?? [];
  }

  /** What came ahead is held by now, or never will be. */
  noLongerAhead(inputs: readonly TakenInput[]): void {
    for (const { inputId } of inputs) this.aheadIds.delete(inputId);
  }

  /** Ends the inputs' time at once; until `report` is done they still count as held, so that they are not handed out again. */
  async settleWhile<Answer>(inputIds: readonly InputId[], report: () => Promise<Answer>): Promise<Answer> {
    for (const inputId of inputIds) this.reporting.add(inputId);
    this.settle(inputIds);
    this.answeredAt = Date.now();
    try {
      return await report();
    } finally {
      for (const inputId of inputIds) this.reporting.delete(inputId);
    }
  }

  startedAt(inputId: InputId): number | undefined {
    return this.held.find((input) => input.inputId === inputId)?.startedAt;
  }

  cancel(inputIds: readonly InputId[]): void {
    this.untold.push(...inputIds.filter((inputId) => !this.untold.includes(inputId)));
    this.toldOfCancel();
  }

  /** The inputs to cancel of which the container has not heard, waiting for one up to `waitMs`. */
  async cancellations(waitMs: number): Promise<readonly InputId[]> {
    if (this.untold.length === 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        this.toldOfCancel = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    const told = this.untold;
    this.untold = [];
    this.held = tellToCancel(this.held, told);
    return told;
  }

  /** Whether what was done to the container may have ended one of these inputs of its, though nobody cancelled it. */
  mayHaveInterrupted(inputIds: readonly InputId[]): boolean {
    return (
      this.wasInterrupted ||
      this.held.some(({ inputId, told }) => told !== undefined && inputIds.includes(inputId))
    );
  }

  /** Until when the inputs in its hands may last. */
  get heldUntil(): number | undefined {
    return this.held.length === 0 ? undefined : Math.max(...this.held.map(({ deadline }) => deadline));
  }

  /** Whether an input that it was told to cancel is still in its hands. */
  get holdsCancelled(): boolean {
    return this.held.some(({ told }) => told === 'to-cancel-it');
  }

  /** From now on its inputs may end for no reason of their own. */
  interrupt(): void {
    this.wasInterrupted = true;
  }

  takeNoMore(): void {
    this.exit.abort();
  }

  close(): void {
    clearTimeout(this.timer);
    this.exit.abort();
    this.end.abort();
    this.toldOfCancel();
  }

  private watchDeadlines(): void {
    clearTimeout(this.timer);
    const next = nextDeadline(this.held);
    if (next === undefined) return;
    this.timer = setTimeout(
      () => {
        const late = overdue(this.held, Date.now());
        if (late.length === 0) return this.watchDeadlines();
        this.events.onOverdue(late);
      },
      Math.min(LONGEST_TIMER_MS, Math.max(0, next - Date.now())),
    );
  }
}

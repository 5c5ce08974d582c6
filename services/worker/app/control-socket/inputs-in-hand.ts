import type { CallId, InputId, TakenInput } from '@slipway/contracts';
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

export type InputEvents = Readonly<{
  onOverdue: (inputs: readonly HeldInput[]) => void;
  /** From now on the container has these inputs in its hands. */
  onHeld: (inputs: ReadonlyMap<InputId, CallId>) => void;
}>;

const LONGEST_TIMER_MS = 2_147_483_647;

/** The inputs in one container's hands: whose they are, and until when each may last. */
export class InputsInHand {
  private held: HeldInputs = noInputs;
  private readonly calls = new Map<InputId, CallId>();
  /** Inputs that are out of the container's hands while the scheduler does not know it yet. */
  private readonly reporting = new Set<InputId>();
  private answeredAt: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly timeoutMs: number,
    private readonly events: InputEvents,
  ) {}

  get ids(): readonly InputId[] {
    return [...this.held.map(({ inputId }) => inputId), ...this.reporting];
  }

  /** The input to which output belongs: known for sure only while there is one. */
  get only(): Readonly<{ inputId: InputId; callId: CallId }> | undefined {
    const [only, ...others] = this.held;
    if (only === undefined || others.length > 0) return undefined;
    const callId = this.calls.get(only.inputId);
    return callId === undefined ? undefined : { inputId: only.inputId, callId };
  }

  /** When the container put its last output. */
  get lastAnswerAt(): number | undefined {
    return this.answeredAt;
  }

  /** Until when all of them may last. */
  get heldUntil(): number | undefined {
    return this.held.length === 0 ? undefined : Math.max(...this.held.map(({ deadline }) => deadline));
  }

  /** Whether one that the container was told to cancel is still in its hands. */
  get someCancelled(): boolean {
    return this.held.some(({ told }) => told === 'to-cancel-it');
  }

  /** Is one of them an input of the call? */
  serves(callId: string): boolean {
    return [...this.calls.values()].some((served) => served === callId);
  }

  /** Whether the container was told of one of these that it, or one beside it, is to be cancelled. */
  wereToldOfCancel(inputIds: readonly InputId[]): boolean {
    return this.held.some(({ inputId, told }) => told !== undefined && inputIds.includes(inputId));
  }

  startedAt(inputId: InputId): number | undefined {
    return this.held.find((input) => input.inputId === inputId)?.startedAt;
  }

  take(inputs: readonly TakenInput[], at: number): void {
    for (const input of inputs) {
      this.held = handOut(this.held, input, this.timeoutMs, at);
      this.calls.set(input.inputId, input.callId);
    }
    this.changed();
  }

  tellToCancel(inputIds: readonly InputId[]): void {
    this.held = tellToCancel(this.held, inputIds);
  }

  /** Ends the inputs' time at once; until `report` is done they still count as held, so that they are not handed out again. */
  async settleWhile<Answer>(inputIds: readonly InputId[], report: () => Promise<Answer>): Promise<Answer> {
    for (const inputId of inputIds) this.reporting.add(inputId);
    this.held = settle(this.held, inputIds);
    for (const inputId of inputIds) this.calls.delete(inputId);
    this.changed();
    this.answeredAt = Date.now();
    try {
      return await report();
    } finally {
      for (const inputId of inputIds) this.reporting.delete(inputId);
    }
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private changed(): void {
    this.events.onHeld(this.calls);
    this.watchDeadlines();
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

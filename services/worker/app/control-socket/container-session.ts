import type { InputId, Outcome, TaskAssignment } from '@slipway/contracts';
import { InputAhead } from './input-ahead.js';
import { InputsInHand, type InputEvents } from './inputs-in-hand.js';
import { UntoldCancellations } from './untold-cancellations.js';

export type SessionEvents = InputEvents &
  Readonly<{
    /** The client's runtime has connected. */
    onHello: () => void;
    /** It asks for its first input: imports and set-up are done. */
    onReady: () => void;
    onInitFailure: (outcome: Outcome) => void;
    /** It was told to end by itself. */
    onLeaving: () => void;
  }>;

/** What the worker knows of one container's conversation with it: how far it is, what it has in hand, what it is still to be told. */
export class ContainerSession {
  readonly inputs: InputsInHand;
  readonly ahead = new InputAhead();
  private readonly untold = new UntoldCancellations();
  private waiting = 0;
  private takesOneByOne = false;
  private progress: 'silent' | 'connected' | 'ready' = 'silent';
  private wasInterrupted = false;
  private readonly exit = new AbortController();
  private readonly end = new AbortController();

  constructor(
    readonly assignment: TaskAssignment,
    private readonly events: SessionEvents,
  ) {
    this.inputs = new InputsInHand(assignment.inputTimeoutMs, events);
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

  /** Nothing was heard of the client's runtime. */
  get isSilent(): boolean {
    return this.progress === 'silent';
  }

  /** All that the scheduler is not to hand out again. */
  get inputIds(): readonly InputId[] {
    return [...this.inputs.ids, ...this.ahead.ids];
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
      !this.ahead.isExpected &&
      lifetime === 'reused' &&
      purpose === 'serve' &&
      !this.exit.signal.aborted
    );
  }

  cancel(inputIds: readonly InputId[]): void {
    this.untold.add(inputIds);
  }

  /** The inputs to cancel of which the container has not heard, waiting for one up to `waitMs`. */
  async cancellations(waitMs: number): Promise<readonly InputId[]> {
    const told = await this.untold.take(waitMs);
    this.inputs.tellToCancel(told);
    return told;
  }

  /** Whether what was done to the container may have ended one of these inputs of its, though nobody cancelled it. */
  mayHaveInterrupted(inputIds: readonly InputId[]): boolean {
    return this.wasInterrupted || this.inputs.wereToldOfCancel(inputIds);
  }

  /** From now on its inputs may end for no reason of their own. */
  interrupt(): void {
    this.wasInterrupted = true;
  }

  takeNoMore(): void {
    this.exit.abort();
  }

  close(): void {
    this.inputs.close();
    this.exit.abort();
    this.end.abort();
    this.untold.close();
  }
}

import type { InputId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

export type HeldInput = Readonly<{
  inputId: InputId;
  retryCount: number;
  startedAt: Instant;
  deadline: Instant;
  /** What its container was told that may end it: to cancel it, or another one that it had in hand with it. */
  told?: 'to-cancel-it' | 'to-cancel-another';
}>;

/** The inputs that a container has in hand, in the order in which it took them. */
export type HeldInputs = readonly HeldInput[];

export const noInputs: HeldInputs = [];

/** An input that is handed out again (the answer was lost on its way) keeps its first deadline. */
export const handOut = (
  held: HeldInputs,
  input: Readonly<{ inputId: InputId; retryCount: number }>,
  timeoutMs: number,
  at: Instant,
): HeldInputs =>
  held.some(({ inputId, retryCount }) => inputId === input.inputId && retryCount === input.retryCount)
    ? held
    : [
        ...held.filter(({ inputId }) => inputId !== input.inputId),
        { inputId: input.inputId, retryCount: input.retryCount, startedAt: at, deadline: at + timeoutMs },
      ];

export const settle = (held: HeldInputs, inputIds: readonly InputId[]): HeldInputs =>
  held.filter(({ inputId }) => !inputIds.includes(inputId));

/** When the clock must be looked at again; nothing in hand: never. */
export const nextDeadline = (held: HeldInputs): Instant | undefined =>
  held.length === 0 ? undefined : Math.min(...held.map(({ deadline }) => deadline));

export const overdue = (held: HeldInputs, at: Instant): HeldInputs =>
  held.filter(({ deadline }) => deadline <= at);

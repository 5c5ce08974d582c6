import type { SpendCeiling, TaskId, WorkspaceId } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';

/** For what money is wanted: a container of a function. */
export type SpendWant = Readonly<{
  workspaceId: WorkspaceId;
  environment: string;
  /** Equal keys mean containers that may cost the same. */
  key: string;
  ceiling: SpendCeiling;
}>;

export type StartAnswer = Readonly<
  /** No budget is over it. */
  | { kind: 'free' }
  /** Money is set aside for a container of this id. */
  | { kind: 'held'; taskId: TaskId }
  /** It is being asked for, or others hold what is left. */
  | { kind: 'waiting' }
  /** It does not fit into what is left of a budget. */
  | { kind: 'refused'; message: string }
>;

/** Money under hard budgets. It answers from what it knows, at once, and has whoever asked look again when it knows more. */
export interface SpendGate {
  isCapped(workspaceId: WorkspaceId, environment: string): boolean;
  /** For one more container that lives up to `lifeMs`; `count` are wanted in all. */
  start(want: SpendWant, lifeMs: number, count: number, at: Instant): StartAnswer;
  /** The container that money was held for is there. */
  started(taskId: TaskId): void;
  /** Asks that a container's money last until then. */
  extend(taskId: TaskId, want: SpendWant, until: Instant, at: Instant): void;
  /** Until when a container's money lasts; 0 where nothing is known of it. */
  coveredUntil(taskId: TaskId): Instant;
  /** Why a container may not go on beyond that, once that was said. */
  refusal(taskId: TaskId): string | undefined;
  ended(taskId: TaskId): void;
}

/** What kind of no it is: the edge translates the kind to its protocol's status, and callers decide by it whether to try again. */
export type RefusalKind =
  | 'invalid'
  | 'not-found'
  | 'already-exists'
  | 'conflict'
  | 'unauthenticated'
  | 'forbidden'
  | 'exhausted'
  | 'unavailable'
  | 'unsupported'
  | 'lost';

/**
 * A refusal is a value: `code` names the obstacle (`function-not-found`), `message` is read by a person,
 * `subjects` (ids, digests, paths) by a program that can do something about it.
 */
export type Refusal = Readonly<{
  refused: RefusalKind;
  code: string;
  message: string;
  subjects?: readonly string[];
}>;

export const refuse = (refused: RefusalKind, code: string, message: string): Refusal => ({
  refused,
  code,
  message,
});

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value;

import type { Digest } from '@slipway/contracts';
import { refuse, type Refusal } from '@slipway/kernel';

/** Checks a digest that came from outside: it becomes part of a file's path. */
export const parseDigest = (text: string): Digest | Refusal =>
  /^[0-9a-f]{64}$/.test(text)
    ? (text as Digest)
    : refuse('invalid', 'bad-digest', `'${text}' is not a digest: a sha256 in 64 lower-case hex digits is`);

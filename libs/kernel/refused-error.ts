import type { Refusal } from './refusal.js';

/** Carries a refusal through code that can only throw: the shell, a remote request, a controller. */
export class RefusedError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
    this.name = 'RefusedError';
  }
}

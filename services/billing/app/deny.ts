import { RefusedError, type Refusal } from '@slipway/kernel';

/** Ends what is being done with a refusal. */
export const deny = (refusal: Refusal): never => {
  throw new RefusedError(refusal);
};

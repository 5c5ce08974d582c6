import type { OutgoingMessage } from 'node:http';
import { forwardedTrailers, headerPairs } from '@slipway/worker-core';

/** Says behind a body what came behind it. */
export const passTrailers = (flat: readonly string[], to: OutgoingMessage): void => {
  const pairs = headerPairs(forwardedTrailers(flat));
  if (pairs.length > 0) to.addTrailers(pairs as unknown as Parameters<typeof to.addTrailers>[0]);
};

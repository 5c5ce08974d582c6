import type { OutputItem } from '@slipway/contracts';
import { later, type Instant } from '@slipway/kernel';

/** How long an output of a map waits for others to travel with. */
export const GATHER_MS = 10;

export type Gathered = Readonly<{
  shape: 'unary' | 'map';
  /** Those that are ready, the oldest first. */
  outputs: readonly Pick<OutputItem, 'finishedAt'>[];
  maxOutputs: number;
  unfinishedInputs: number;
}>;

/**
 * Until when a poll that has outputs waits for more of them; undefined: it is answered now. An answer costs the client, the gateway
 * and the scheduler as much for one output as for many, and while a map has inputs to come nobody needs one of them at once.
 */
export const gatherUntil = ({
  shape,
  outputs,
  maxOutputs,
  unfinishedInputs,
}: Gathered): Instant | undefined => {
  const [oldest] = outputs;
  if (oldest === undefined || shape === 'unary') return undefined;
  if (unfinishedInputs === 0 || outputs.length >= maxOutputs) return undefined;
  return later(oldest.finishedAt, GATHER_MS);
};

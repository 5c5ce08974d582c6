import { filterText } from '@slipway/contracts';
import type { ControlAnswer } from './plan-answers.ts';

/** A pin in one line. */
export const pinText = ({
  filter,
  least,
  most,
  until,
  by,
  reason,
}: ControlAnswer['pins'][number]): string => {
  const nodes = [
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(most === undefined ? [] : [`at most ${most}`]),
  ].join(' and ');
  return `pinned: ${nodes} of ${filterText(filter)}${until === undefined ? '' : ` until ${until}`} by ${by}: ${reason}`;
};

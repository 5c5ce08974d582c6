import type { ObservedNode } from '../simulation/policy-port.js';

/** A node of offer `o` with so many containers of group `g`, as a policy is shown it. */
export const observedNode = (
  nodeId: number,
  containers: number,
  state: ObservedNode['state'] = 'ready',
  paidUntil = 0,
): ObservedNode => ({
  nodeId,
  offerId: 'o',
  state,
  startedAt: 0,
  paidUntil,
  sticky: containers > 0 ? [{ groupId: 'g', containers }] : [],
});

import type { Instant } from '@slipway/kernel';
import type { PlanningPolicy } from '../policy.js';
import { policyOf, type Control } from './control.state.js';
import { pinsInForce } from './pins.js';

/** The policy of a moment: without pins that are over. */
export const policyAt = (control: Control, at: Instant, site?: PlanningPolicy): PlanningPolicy =>
  policyOf({ ...control, pins: pinsInForce(control, at) }, site);

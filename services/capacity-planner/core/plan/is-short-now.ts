import type { Plan } from './plan.js';

/** Whether a plan buys nothing for somebody in its first period: then asking again for what was refused costs nothing. */
export const isShortNow = ({ service }: Pick<Plan, 'service'>): boolean =>
  service.some(({ short }) => short[0]! > 0);

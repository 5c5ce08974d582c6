import type { AppPublished } from '@slipway/contracts';

/** Seconds since 1970; 0 tells clients that nothing changed, and that no container needs to be replaced. */
export const deployedAtSecs = ({ changed, deployedAt }: AppPublished): number =>
  changed ? deployedAt / 1000 : 0;

import type { EnvironmentChoice } from '@slipway/contracts';
import type { Caller } from './caller.js';
import { environmentsWhere, mayIn } from './environments-where.js';

/** Whether the caller may look into an environment. */
export const mayLookInto = (caller: Caller, environment: string): boolean =>
  mayIn(caller, 'look', environment);

/** The environments that the caller may look into: what lists show. */
export const readableEnvironments = (caller: Caller): EnvironmentChoice => environmentsWhere(caller, 'look');

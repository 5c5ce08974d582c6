import { readConfig, type Environment, type SharedConfig } from '@slipway/nest-kit';

export type CapacityPlannerConfig = SharedConfig;

export const readCapacityPlannerConfig = (env: Environment): CapacityPlannerConfig => readConfig(env);

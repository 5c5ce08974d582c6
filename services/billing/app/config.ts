import { readConfig, type Environment, type SharedConfig } from '@slipway/nest-kit';

export type BillingConfig = SharedConfig;

export const readBillingConfig = (env: Environment): BillingConfig => readConfig(env);

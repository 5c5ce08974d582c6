import { readConfig, type Environment, type SharedConfig } from '@slipway/nest-kit';

export type BillingConfig = SharedConfig &
  Readonly<{
    /** Whether webhooks may go to addresses of this machine and of the networks behind it. */
    webhooksInside: boolean;
  }>;

export const readBillingConfig = (env: Environment): BillingConfig => ({
  ...readConfig(env),
  webhooksInside: env['BILLING_WEBHOOKS_INSIDE'] === 'allowed',
});

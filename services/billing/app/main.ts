import { startService } from '@slipway/nest-kit';
import { BillingModule } from './billing.module.js';
import { readBillingConfig } from './config.js';

await startService({ service: 'billing', module: BillingModule, config: readBillingConfig(process.env) });

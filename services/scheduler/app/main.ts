import { startService } from '@slipway/nest-kit';
import { readSchedulerConfig } from './config.js';
import { SchedulerModule } from './scheduler.module.js';

await startService({
  service: 'scheduler',
  module: SchedulerModule,
  config: readSchedulerConfig(process.env),
});

import { startService } from '@slipway/nest-kit';
import { CapacityPlannerModule } from './capacity-planner.module.js';
import { readCapacityPlannerConfig } from './config.js';

await startService({
  service: 'capacity-planner',
  module: CapacityPlannerModule,
  config: readCapacityPlannerConfig(process.env),
});

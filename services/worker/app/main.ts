import { startService } from '@slipway/nest-kit';
import { readWorkerConfig } from './config.js';
import { WorkerModule } from './worker.module.js';

const config = readWorkerConfig(process.env);
await startService({ service: 'worker', module: WorkerModule, config, instance: config.workerId });

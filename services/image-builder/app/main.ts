import { startService } from '@slipway/nest-kit';
import { readImageBuilderConfig } from './config.js';
import { ImageBuilderModule } from './image-builder.module.js';

await startService({
  service: 'image-builder',
  module: ImageBuilderModule,
  config: readImageBuilderConfig(process.env),
});

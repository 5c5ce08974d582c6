import { startService } from '@slipway/nest-kit';
import { BlobStoreModule } from './blob-store.module.js';
import { readBlobStoreConfig } from './config.js';

await startService({
  service: 'blob-store',
  module: BlobStoreModule,
  config: readBlobStoreConfig(process.env),
});

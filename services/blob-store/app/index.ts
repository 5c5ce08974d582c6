export { BlobStoreModule } from './blob-store.module.js';
export { readBlobStoreConfig, type BlobStoreConfig } from './config.js';

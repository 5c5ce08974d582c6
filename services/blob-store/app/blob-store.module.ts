import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { createBlobStore, type BlobStore, type ObjectStore } from '@slipway/blob-store-core';
import type { Bus } from '@slipway/messaging';
import { BUS, CONFIG, LOGGER, READINESS, type Readiness } from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { BlobStoreController } from './blob-store.controller.js';
import { CollectGarbage } from './collect-garbage/collect-garbage.js';
import type { BlobStoreConfig } from './config.js';
import { goingOnByScheduler } from './collect-garbage/going-on-by-scheduler.js';
import { BytesServer } from './http/bytes-server.js';
import { nodeHashing } from './node-hashing.js';
import { keepObjectsPlace } from './objects-place/keep-objects-place.js';
import { DiskObjectStore } from './objects-on-disk/disk-object-store.js';
import { S3ObjectStore } from './objects-on-s3/s3-object-store.js';
import { VolumeTreesController } from './volume-trees.controller.js';
import { VolumesController } from './volumes.controller.js';
import { openRecords, type OpenedRecords } from './records/open-records.js';
import { BLOB_STORE, OBJECT_STORE, RECORDS } from './tokens.js';

@Module({
  controllers: [BlobStoreController, VolumesController, VolumeTreesController],
  providers: [
    {
      provide: RECORDS,
      inject: [CONFIG, READINESS],
      useFactory: async (config: BlobStoreConfig, readiness: Readiness): Promise<OpenedRecords> => {
        const opened = await openRecords(config.databaseUrl);
        readiness.add('postgres', () => opened.orm.isConnected());
        return opened;
      },
    },
    {
      provide: OBJECT_STORE,
      inject: [CONFIG],
      useFactory: ({ s3, dataDir }: BlobStoreConfig): ObjectStore =>
        s3 ? new S3ObjectStore(s3, join(dataDir, 'incoming')) : new DiskObjectStore(dataDir),
    },
    {
      provide: BLOB_STORE,
      inject: [OBJECT_STORE, RECORDS, CONFIG, BUS],
      useFactory: async (
        objects: ObjectStore,
        { pool, records, volumes, blockOwners, mountUses, objectUses }: OpenedRecords,
        config: BlobStoreConfig,
        bus: Bus,
      ): Promise<BlobStore> => {
        await keepObjectsPlace(pool, objects, config);
        return createBlobStore({
          objects,
          records,
          volumes,
          blockOwners,
          mountUses,
          objectUses,
          goingOn: goingOnByScheduler(bus),
          hashing: nodeHashing(config.signingKey),
          now: () => Date.now(),
          textOf: text,
          randomBytes: (count) => randomBytes(count),
        });
      },
    },
    {
      provide: BytesServer,
      inject: [BLOB_STORE, CONFIG, LOGGER],
      useFactory: (store: BlobStore, config: BlobStoreConfig, logger: Logger) =>
        new BytesServer(store, config, logger),
    },
    {
      provide: CollectGarbage,
      inject: [BLOB_STORE, LOGGER],
      useFactory: (store: BlobStore, logger: Logger) => new CollectGarbage(store, logger),
    },
  ],
})
export class BlobStoreModule implements OnApplicationShutdown {
  constructor(@Inject(RECORDS) private readonly opened: OpenedRecords) {}

  async onApplicationShutdown(): Promise<void> {
    await this.opened.orm.close();
  }
}

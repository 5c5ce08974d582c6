import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { FactRelay } from '@slipway/event-store';
import { factOf, type RuntimeMounts } from '@slipway/image-builder-core';
import { ensureStreams, type Bus } from '@slipway/messaging';
import {
  BUS,
  CONFIG,
  LOGGER,
  OBJECTS,
  READINESS,
  type ObjectClient,
  type Readiness,
} from '@slipway/nest-kit';
import type { Logger } from '@slipway/telemetry';
import { ForeignBaseImages } from './base-images/base-images.js';
import { Registries } from './base-images/registry/registry.js';
import { BuildImages } from './build-images/build-images.js';
import { BuildLog } from './build-log/build-log.js';
import type { ImageBuilderConfig } from './config.js';
import { BlobStoreContents, describeFile, sha256Hex } from './contents/blob-store-contents.js';
import { ImageBuilderController } from './image-builder.controller.js';
import { ImageNamesController } from './image-names.controller.js';
import { ImageRequests } from './image-requests.js';
import { ImageLedger } from './ledger/image-ledger.js';
import { MadeOnce } from './ledger/made-once.js';
import { openStorage, type Storage } from './ledger/open-storage.js';
import { ImageNames } from './names/image-names.js';
import { NameRequests } from './names/name-requests.js';
import { ForgetOldLogsProcess } from './processes/forget-old-logs/forget-old-logs.process.js';
import { Pip } from './runtime-mounts/pip.js';
import { FetchedRuntimeMounts } from './runtime-mounts/runtime-mounts.js';
import { runCommand } from './site/command.js';
import { siteLayer } from './site/site-layer.js';
import { readSiteSetup } from './site/site-settings.js';
import { WorkerSteps } from './steps-on-workers/worker-steps.js';
import {
  BUILD_LOG,
  BUILDS,
  IMAGE_REQUESTS,
  LEDGER,
  NAME_REQUESTS,
  OPENED,
  RUNTIME_MOUNTS,
} from './tokens.js';

const SERVICE = 'image-builder';
const LEASE_MS = 5_000;
const ARCH = process.arch === 'arm64' ? 'aarch64' : 'x86_64';

type Opened = Readonly<{ storage: Storage; made: MadeOnce; pip: Pip; scratchDir: string }>;

@Module({
  controllers: [ImageBuilderController, ImageNamesController],
  providers: [
    {
      provide: OPENED,
      inject: [CONFIG],
      useFactory: async (config: ImageBuilderConfig): Promise<Opened> => {
        const scratchDir = join(config.dataDir, 'scratch');
        // What an earlier process left half-made; nothing that may be mounted in there is touched.
        await runCommand('rm', ['-rf', '--one-file-system', scratchDir]);
        await mkdir(scratchDir, { recursive: true });
        const storage = await openStorage(config.databaseUrl);
        return {
          storage,
          scratchDir,
          made: new MadeOnce(storage.pool),
          pip: new Pip(config.python, config.hostEnv),
        };
      },
    },
    {
      provide: BUILD_LOG,
      inject: [OPENED, LOGGER],
      useFactory: ({ storage }: Opened, logger: Logger) =>
        new BuildLog(storage.pool, (error) => logger.warn({ err: error }, 'build log not written yet')),
    },
    {
      provide: LEDGER,
      inject: [OPENED, CONFIG, BUS, LOGGER],
      useFactory: async ({ storage }: Opened, config: ImageBuilderConfig, bus: Bus, logger: Logger) => {
        await ensureStreams(bus);
        const { log, leaseOf } = storage;
        const ledger = new ImageLedger({
          log,
          lease: leaseOf({ shard: SERVICE, holder: `${SERVICE}@${config.instance}`, leaseMs: LEASE_MS }),
          relay: new FactRelay({
            service: SERVICE,
            log,
            connection: bus.connection,
            factOf,
            onError: (error) => logger.warn({ err: error }, 'facts wait for the bus'),
          }),
          leaseMs: LEASE_MS,
          onDeposed: () => {
            logger.fatal('another image-builder leads now');
            process.exit(1);
          },
        });
        await ledger.open();
        return ledger;
      },
    },
    {
      provide: RUNTIME_MOUNTS,
      inject: [OPENED, CONFIG, BUS, OBJECTS, LOGGER],
      useFactory: (
        opened: Opened,
        config: ImageBuilderConfig,
        bus: Bus,
        objects: ObjectClient,
        logger: Logger,
      ) =>
        new FetchedRuntimeMounts({
          ...opened,
          bus,
          objects,
          logger,
          python: config.python,
          clientVersion: config.clientVersion,
          pythonBuildsUrl: config.pythonBuildsUrl,
          arch: ARCH,
        }),
    },
    {
      provide: BUILDS,
      inject: [OPENED, CONFIG, BUS, OBJECTS, LOGGER, LEDGER, BUILD_LOG, RUNTIME_MOUNTS],
      useFactory: async (
        opened: Opened,
        config: ImageBuilderConfig,
        bus: Bus,
        objects: ObjectClient,
        logger: Logger,
        ledger: ImageLedger,
        log: BuildLog,
        runtimeMounts: RuntimeMounts,
      ) => {
        const site = await readSiteSetup(config.hostEnv, config.python);
        logger.info(
          { settings: Object.keys(site.env), ca: site.caBundle !== undefined },
          'site settings for builds',
        );
        const builds = new BuildImages({
          ledger,
          log,
          logger,
          parallel: config.parallelBuilds,
          options: config,
          ports: {
            bases: new ForeignBaseImages({
              ...opened,
              bus,
              objects,
              python: config.python,
              path: config.hostEnv['PATH'] ?? '',
              arch: process.arch,
              ociLayouts: config.ociLayouts,
              registries: new Registries(config.registryMirrors),
              siteLayer: () => siteLayer(site, opened.made, objects),
            }),
            steps: new WorkerSteps(bus, objects, () => log.untilRoom()),
            contents: new BlobStoreContents(bus, objects),
            runtimeMounts,
            site,
            sha256Hex,
            describeFile,
            arch: ARCH,
          },
        });
        builds.resume();
        return builds;
      },
    },
    {
      provide: IMAGE_REQUESTS,
      inject: [LEDGER, BUILDS, BUILD_LOG, OBJECTS, CONFIG],
      useFactory: (
        ledger: ImageLedger,
        builds: BuildImages,
        log: BuildLog,
        objects: ObjectClient,
        { logDays }: ImageBuilderConfig,
      ) => new ImageRequests(ledger, builds, log, objects, logDays),
    },
    {
      provide: NAME_REQUESTS,
      inject: [OPENED, IMAGE_REQUESTS],
      useFactory: ({ storage }: Opened, images: ImageRequests) =>
        new NameRequests(new ImageNames(storage.pool), images),
    },
    ForgetOldLogsProcess,
  ],
})
export class ImageBuilderModule implements OnApplicationShutdown {
  constructor(
    @Inject(OPENED) private readonly opened: Opened,
    @Inject(LEDGER) private readonly ledger: ImageLedger,
    @Inject(BUILDS) private readonly builds: BuildImages,
    @Inject(BUILD_LOG) private readonly log: BuildLog,
    @Inject(READINESS) readiness: Readiness,
  ) {
    readiness.add('postgres', () => opened.storage.orm.isConnected());
  }

  async onApplicationShutdown(): Promise<void> {
    this.builds.stop();
    await this.log.flush();
    await this.ledger.close();
    await this.opened.storage.orm.close();
  }
}

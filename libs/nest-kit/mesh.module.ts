import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { createMetrics, type Logger } from '@slipway/telemetry';
import type { Bus, NatsStrategy } from '@slipway/messaging';
import type { SharedConfig } from './config.js';
import { HealthController } from './health.controller.js';
import { ObjectClient } from './object-client.js';
import { Readiness } from './readiness.js';
import { BUS, CONFIG, LOGGER, METRICS, OBJECTS, READINESS, TRANSPORT } from './tokens.js';

export type MeshParts = Readonly<{
  service: string;
  bus: Bus;
  transport: NatsStrategy;
  logger: Logger;
  config: SharedConfig;
}>;

/** Gives every module of a service the bus, the logger, the configuration and the rest that all services share. */
@Module({})
export class MeshModule {
  static with({ service, bus, transport, logger, config }: MeshParts): DynamicModule {
    const readiness = new Readiness();
    readiness.add('nats', async () => (await bus.connection.flush(), true));
    const providers: Provider[] = [
      { provide: BUS, useValue: bus },
      { provide: TRANSPORT, useValue: transport },
      { provide: LOGGER, useValue: logger },
      { provide: CONFIG, useValue: config },
      { provide: READINESS, useValue: readiness },
      { provide: METRICS, useValue: createMetrics(service) },
      { provide: OBJECTS, useValue: new ObjectClient(config.blobStoreUrl, config.internalKey) },
    ];
    return {
      module: MeshModule,
      global: true,
      controllers: [HealthController],
      providers,
      exports: providers.map((provider) => ('provide' in provider ? provider.provide : provider)),
    };
  }
}

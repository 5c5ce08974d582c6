import 'reflect-metadata';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Bus, NatsStrategy } from '@slipway/messaging';
import { createLogger, startTracing } from '@slipway/telemetry';
import type { SharedConfig } from './config.js';
import { MeshModule } from './mesh.module.js';
import { nestLogger } from './nest-logger.js';

export type ServiceOptions<Config extends SharedConfig> = Readonly<{
  service: string;
  module: Type<unknown>;
  config: Config;
  /** Set by services of which one process is asked by name (a worker). */
  instance?: string;
}>;

/**
 * Starts a service: Nest with the module, the bus in front of its controllers, health and metrics over HTTP.
 * Announces the service when it can be asked; closes in order on SIGTERM and SIGINT.
 */
export const startService = async <Config extends SharedConfig>({
  service,
  module,
  config,
  instance,
}: ServiceOptions<Config>): Promise<NestFastifyApplication> => {
  const logger = createLogger(service, config.logLevel);
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught exception');
    process.exit(1);
  });
  process.on('unhandledRejection', (reason) => logger.error({ err: reason }, 'unhandled rejection'));
  await startTracing(service, config.otlpEndpoint);
  const bus = await Bus.connect({ url: config.natsUrl, service });
  const onFault = (subject: string, fault: string): void =>
    logger.error({ subject, fault }, 'request failed');
  const transport = new NatsStrategy(bus, onFault, instance);

  @Module({ imports: [MeshModule.with({ service, bus, transport, logger, config }), module] })
  class ServiceModule {}

  const app = await NestFactory.create<NestFastifyApplication>(ServiceModule, new FastifyAdapter(), {
    logger: nestLogger(logger),
  });
  app.connectMicroservice({ strategy: transport });
  app.enableShutdownHooks();
  await app.startAllMicroservices();
  await app.listen(config.healthPort, config.healthHost);
  bus.announce();
  logger.info({ healthPort: config.healthPort }, 'started');
  return app;
};

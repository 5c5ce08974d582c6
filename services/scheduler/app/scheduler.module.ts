import { Module } from '@nestjs/common';
import { FactRelay } from '@slipway/event-store';
import { ensureStreams, type Bus } from '@slipway/messaging';
import { BUS, CONFIG, LOGGER, METRICS } from '@slipway/nest-kit';
import { randomId } from '@slipway/protocol';
import { createScheduler, factOf, type Scheduler, type SchedulerEvent } from '@slipway/scheduler-core';
import type { createMetrics, Logger } from '@slipway/telemetry';
import { schedulerPorts } from './adapters/scheduler-ports.js';
import { WorkerTroubles } from './adapters/worker-troubles.js';
import type { SchedulerConfig } from './config.js';
import { leadShard, type Leadership } from './processes/lead-shard/lead-shard.js';
import { RunScheduler } from './processes/run-scheduler.js';
import { SchedulerController } from './scheduler.controller.js';
import { MoneyHolds } from './spending/money-holds.js';
import { FACT_RELAY, LEADERSHIP, MONEY_HOLDS, SCHEDULER } from './tokens.js';

@Module({
  controllers: [SchedulerController],
  providers: [
    {
      provide: LEADERSHIP,
      inject: [CONFIG, LOGGER],
      useFactory: (config: SchedulerConfig, logger: Logger) => leadShard(config, logger),
    },
    {
      provide: FACT_RELAY,
      inject: [LEADERSHIP, BUS, LOGGER],
      useFactory: async ({ opened }: Leadership, bus: Bus, logger: Logger) => {
        await ensureStreams(bus);
        return new FactRelay({
          service: 'scheduler',
          log: opened.log,
          connection: bus.connection,
          factOf: ({ type, data, at }) => factOf({ type, data } as SchedulerEvent, at),
          onError: (error) => logger.warn({ err: error }, 'facts will be relayed again'),
        });
      },
    },
    {
      provide: SCHEDULER,
      inject: [LEADERSHIP, BUS, FACT_RELAY, LOGGER, MONEY_HOLDS, METRICS],
      useFactory: (
        leadership: Leadership,
        bus: Bus,
        relay: FactRelay,
        logger: Logger,
        money: MoneyHolds,
        metrics: ReturnType<typeof createMetrics>,
      ): Scheduler => {
        const scheduler = createScheduler(
          schedulerPorts(leadership, bus, relay, logger, new WorkerTroubles(metrics, logger), money),
          leadership.state,
        );
        money.onNews = () => scheduler.tick();
        return scheduler;
      },
    },
    {
      provide: MONEY_HOLDS,
      inject: [BUS, CONFIG, LOGGER],
      useFactory: (bus: Bus, { shard }: SchedulerConfig, logger: Logger) =>
        new MoneyHolds(bus, { shard, newTaskId: () => randomId('ta') }, logger),
    },
    RunScheduler,
  ],
})
export class SchedulerModule {}

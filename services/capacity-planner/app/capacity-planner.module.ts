import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { ensureStreams, type Bus } from '@slipway/messaging';
import { BUS, READINESS, type Readiness } from '@slipway/nest-kit';
import { FACTS_STREAM } from '@slipway/contracts';

/** Stands on the mesh, ready for the facts that its own work will be made of. */
@Module({})
export class CapacityPlannerModule implements OnApplicationBootstrap {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(READINESS) readiness: Readiness,
  ) {
    readiness.add('facts', async () => {
      const manager = await bus.connection.jetstreamManager();
      return (await manager.streams.info(FACTS_STREAM)).config.name === FACTS_STREAM;
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await ensureStreams(this.bus);
  }
}

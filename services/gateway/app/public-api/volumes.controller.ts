import { Controller, Get, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { VolumeView } from '@slipway/contracts';
import { pageOf, readableEnvironments, readCursor, type Caller } from '@slipway/gateway-core';
import { accepted } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { HttpCaller } from './http-caller.decorator.js';
import { HttpCallerGuard } from './http-caller.guard.js';
import { IdParam } from './list-query.js';
import { lookInto } from './look-into.js';
import { PageView } from './views.js';
import { VolumesQuery } from './volumes-query.js';

const viewOfVolume = (volume: VolumeView): Record<string, unknown> => ({
  id: volume.volumeId,
  name: volume.name,
  environment: volume.environment,
  format: volume.format,
  version: volume.version,
  createdAt: new Date(volume.createdAtMs).toISOString(),
  createdBy: volume.createdBy,
});

/** The volumes of the caller's workspace, as they are now. */
@ApiTags('volumes')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard)
@Controller('v1')
export class VolumesController {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @Get('volumes')
  @ApiOperation({ summary: 'Named volumes, the newest first' })
  @ApiOkResponse({ type: PageView })
  async volumes(
    @HttpCaller() caller: Caller,
    @Query() { cursor, limit, environment }: VolumesQuery,
  ): Promise<PageView> {
    if (environment !== undefined) lookInto(caller, environment);
    const mark = cursor === undefined ? undefined : accepted(readCursor(cursor));
    const { volumes } = await this.bus.request('blob-store.list-volumes', {
      workspaceId: caller.workspaceId,
      environments: environment === undefined ? readableEnvironments(caller) : { only: [environment] },
      ...(mark === undefined ? {} : { before: { createdAtMs: mark.createdAt, volumeId: mark.id } }),
      limit: limit + 1,
    });
    const page = pageOf(volumes, limit, ({ createdAtMs, volumeId }) => ({
      createdAt: createdAtMs,
      id: volumeId,
    }));
    return { items: page.items.map(viewOfVolume), nextCursor: page.nextCursor };
  }

  @Get('volumes/:id')
  @ApiOperation({ summary: 'One volume; `version` counts the commits that changed it' })
  async volume(@HttpCaller() caller: Caller, @Param() { id }: IdParam): Promise<object> {
    const { workspaceId } = caller;
    const volume = await this.bus.request('blob-store.get-volume', { workspaceId, volumeId: id });
    lookInto(caller, volume.environment);
    return viewOfVolume(volume);
  }
}

import { Controller, Get, Inject, Param, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@slipway/gateway-core';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { AppVersionsView, shownVersion } from './app-version-view.js';
import { HttpCaller } from './http-caller.decorator.js';
import { HttpCallerGuard } from './http-caller.guard.js';
import { IdParam } from './list-query.js';
import { lookInto } from './look-into.js';

/** What was deployed of an app, and when. */
@ApiTags('deployments')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard)
@Controller('v1')
export class AppVersionsController {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @Get('apps/:id/versions')
  @ApiOperation({ summary: 'Every version of an app, the newest first' })
  @ApiOkResponse({ type: AppVersionsView })
  async versions(@HttpCaller() caller: Caller, @Param() { id }: IdParam): Promise<AppVersionsView> {
    const { workspaceId } = caller;
    lookInto(caller, (await this.bus.request('scheduler.get-app', { workspaceId, appId: id })).environment);
    const { versions } = await this.bus.request('scheduler.list-versions', { workspaceId, appId: id });
    return { items: versions.map(shownVersion) };
  }
}

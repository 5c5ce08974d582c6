import { Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { mayLookInto, readableEnvironments, type Caller } from '@slipway/gateway-core';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { HttpCaller } from './http-caller.decorator.js';
import { HttpCallerGuard } from './http-caller.guard.js';
import { OfAppQuery } from './list-query.js';
import { SCHEDULE_FIELDS, shownSchedule } from './schedule-view.js';
import { PageView } from './views.js';

/** When functions of the caller's workspace are called by themselves: asked of the scheduler, so it is what holds now. */
@ApiTags('schedules')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard)
@Controller('v1')
export class SchedulesController {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @Get('schedules')
  @ApiOperation({
    summary:
      'Schedules with their next run, their last runs and the runs that were missed; of one app those that ended too',
  })
  @ApiOkResponse({ type: PageView, description: SCHEDULE_FIELDS })
  async schedules(@HttpCaller() caller: Caller, @Query() { app }: OfAppQuery): Promise<PageView> {
    const { workspaceId } = caller;
    const environments = readableEnvironments(caller);
    const ask = { workspaceId, environments, ...(app === undefined ? {} : { appId: app }) };
    const { schedules } = await this.bus.request('scheduler.list-schedules', ask);
    // A scheduler of an earlier version leaves none out.
    const visible = schedules.filter(({ environment }) => mayLookInto(caller, environment));
    const items = visible.map((view) => ({
      functionId: view.functionId,
      tag: view.functionTag,
      appId: view.appId,
      ...(view.appName === undefined ? {} : { app: view.appName }),
      environment: view.environment,
      ...shownSchedule(view),
    }));
    return { items, nextCursor: null };
  }
}

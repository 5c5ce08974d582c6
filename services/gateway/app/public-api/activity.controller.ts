import { Controller, Get, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readableEnvironments, refuseAnywhere, type Caller } from '@slipway/gateway-core';
import { RefusedError } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { Activity, type ActivityRow } from '../store/activity.js';
import { ACTIVITY } from '../tokens.js';
import { HttpCaller } from './http-caller.decorator.js';
import { HttpCallerGuard } from './http-caller.guard.js';
import { getActivity, listActivity } from './list-activity.js';
import { CallsQuery, IdParam, OfAppQuery, PageQuery, type CallState } from './list-query.js';
import { SCHEDULE_FIELDS, shownSchedule } from './schedule-view.js';
import { callState, PageView, viewOf } from './views.js';

const DONE = 'inputs > 0 and succeeded + failed >= inputs';
const CALL_CONDITIONS: Readonly<Record<CallState, string>> = {
  running: `cancelled_at is null and not (${DONE})`,
  finished: `cancelled_at is null and ${DONE}`,
  cancelled: 'cancelled_at is not null',
};

const callView = (row: ActivityRow): Record<string, unknown> => ({
  ...viewOf(row),
  state: callState(row as never),
});

/** What happened in the caller's workspace, where they may look: a moment behind, for it is folded from facts. */
@ApiTags('activity')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard)
@Controller('v1')
export class ActivityController {
  constructor(
    @Inject(ACTIVITY) private readonly activity: Activity,
    @Inject(BUS) private readonly bus: Bus,
  ) {}

  @Get('apps')
  @ApiOperation({ summary: 'Apps, the newest first' })
  @ApiOkResponse({ type: PageView })
  apps(@HttpCaller() caller: Caller, @Query() page: PageQuery): Promise<PageView> {
    return listActivity(this.activity, { table: 'apps', caller }, page);
  }

  @Get('apps/:id')
  @ApiOperation({ summary: 'One app' })
  app(@HttpCaller() caller: Caller, @Param() { id }: IdParam): Promise<object> {
    return getActivity(this.activity, { table: 'apps', caller, id });
  }

  @Get('functions')
  @ApiOperation({ summary: 'Functions and their bound variants, with their schedules' })
  @ApiOkResponse({ type: PageView, description: SCHEDULE_FIELDS })
  async functions(@HttpCaller() caller: Caller, @Query() query: OfAppQuery): Promise<PageView> {
    const { workspaceId } = caller;
    const environments = readableEnvironments(caller);
    const of = { workspaceId, environments, ...(query.app === undefined ? {} : { appId: query.app }) };
    const { schedules } = await this.bus.request('scheduler.list-schedules', of);
    const byFunction = new Map(schedules.map((view) => [view.functionId, shownSchedule(view)]));
    return listActivity(
      this.activity,
      { table: 'functions', caller, where: { app_id: query.app } },
      query,
      (row) => {
        const schedule = byFunction.get(row.id);
        return { ...viewOf(row), ...(schedule === undefined ? {} : { schedule }) };
      },
    );
  }

  @Get('calls')
  @ApiOperation({ summary: 'Calls, with how many of their inputs are done' })
  @ApiOkResponse({ type: PageView })
  calls(@HttpCaller() caller: Caller, @Query() query: CallsQuery): Promise<PageView> {
    const condition = query.state && CALL_CONDITIONS[query.state];
    return listActivity(
      this.activity,
      { table: 'calls', caller, where: { app_id: query.app }, ...(condition ? { condition } : {}) },
      query,
      callView,
    );
  }

  @Get('calls/:id')
  @ApiOperation({ summary: 'One call' })
  call(@HttpCaller() caller: Caller, @Param() { id }: IdParam): Promise<object> {
    return getActivity(this.activity, { table: 'calls', caller, id }, callView);
  }

  @Get('tasks')
  @ApiOperation({ summary: 'Containers, with the waterfall of their start and why they ended' })
  @ApiOkResponse({ type: PageView })
  tasks(@HttpCaller() caller: Caller, @Query() query: OfAppQuery): Promise<PageView> {
    return listActivity(this.activity, { table: 'tasks', caller, where: { app_id: query.app } }, query);
  }

  @Get('workers')
  @ApiOperation({ summary: 'The hosts of the mesh, which all workspaces share' })
  @ApiOkResponse({ type: PageView })
  workers(@HttpCaller() caller: Caller, @Query() page: PageQuery): Promise<PageView> {
    return listActivity(this.activity, { table: 'workers', caller }, page);
  }

  @Get('images')
  @ApiOperation({ summary: 'Images and how their builds went' })
  @ApiOkResponse({ type: PageView })
  images(@HttpCaller() caller: Caller, @Query() page: PageQuery): Promise<PageView> {
    // Images are in no environment.
    const refusal = refuseAnywhere(caller, 'look');
    if (refusal) throw new RefusedError(refusal);
    return listActivity(this.activity, { table: 'images', caller }, page);
  }
}

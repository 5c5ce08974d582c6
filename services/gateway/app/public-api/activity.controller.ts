import { Controller, Get, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { WorkspaceId } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { Activity, type ActivityRow } from '../store/activity.js';
import { ACTIVITY } from '../tokens.js';
import { CallerWorkspace } from './caller-workspace.decorator.js';
import { HttpCallerGuard } from './http-caller.guard.js';
import { getActivity, listActivity } from './list-activity.js';
import { CallsQuery, IdParam, OfAppQuery, PageQuery, type CallState } from './list-query.js';
import { shownSchedule } from './schedule-view.js';
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

/** What happened in the caller's workspace: a moment behind, for it is folded from facts. */
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
  apps(@CallerWorkspace() workspaceId: WorkspaceId, @Query() page: PageQuery): Promise<PageView> {
    return listActivity(this.activity, { table: 'apps', workspaceId }, page);
  }

  @Get('apps/:id')
  @ApiOperation({ summary: 'One app' })
  app(@CallerWorkspace() workspaceId: WorkspaceId, @Param() { id }: IdParam): Promise<object> {
    return getActivity(this.activity, { table: 'apps', workspaceId, id });
  }

  @Get('functions')
  @ApiOperation({ summary: 'Functions and their bound variants, with their schedules' })
  @ApiOkResponse({ type: PageView })
  async functions(
    @CallerWorkspace() workspaceId: WorkspaceId,
    @Query() query: OfAppQuery,
  ): Promise<PageView> {
    const of = query.app === undefined ? { workspaceId } : { workspaceId, appId: query.app };
    const { schedules } = await this.bus.request('scheduler.list-schedules', of);
    const byFunction = new Map(schedules.map((view) => [view.functionId, shownSchedule(view)]));
    return listActivity(
      this.activity,
      { table: 'functions', workspaceId, where: { app_id: query.app } },
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
  calls(@CallerWorkspace() workspaceId: WorkspaceId, @Query() query: CallsQuery): Promise<PageView> {
    const condition = query.state && CALL_CONDITIONS[query.state];
    return listActivity(
      this.activity,
      { table: 'calls', workspaceId, where: { app_id: query.app }, ...(condition ? { condition } : {}) },
      query,
      callView,
    );
  }

  @Get('calls/:id')
  @ApiOperation({ summary: 'One call' })
  call(@CallerWorkspace() workspaceId: WorkspaceId, @Param() { id }: IdParam): Promise<object> {
    return getActivity(this.activity, { table: 'calls', workspaceId, id }, callView);
  }

  @Get('tasks')
  @ApiOperation({ summary: 'Containers, with the waterfall of their start and why they ended' })
  @ApiOkResponse({ type: PageView })
  tasks(@CallerWorkspace() workspaceId: WorkspaceId, @Query() query: OfAppQuery): Promise<PageView> {
    return listActivity(this.activity, { table: 'tasks', workspaceId, where: { app_id: query.app } }, query);
  }

  @Get('workers')
  @ApiOperation({ summary: 'The hosts of the mesh, which all workspaces share' })
  @ApiOkResponse({ type: PageView })
  workers(@Query() page: PageQuery): Promise<PageView> {
    return listActivity(this.activity, { table: 'workers' }, page);
  }

  @Get('images')
  @ApiOperation({ summary: 'Images and how their builds went' })
  @ApiOkResponse({ type: PageView })
  images(@CallerWorkspace() workspaceId: WorkspaceId, @Query() page: PageQuery): Promise<PageView> {
    return listActivity(this.activity, { table: 'images', workspaceId }, page);
  }
}

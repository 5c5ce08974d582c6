import { Controller, Get, Inject, Param, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { ContainerUsage, UsageAnomaly } from '@slipway/contracts';
import type { Caller } from '@slipway/gateway-core';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { HttpCaller } from './http-caller.decorator.js';
import { HttpCallerGuard, type HttpRequest } from './http-caller.guard.js';
import { IdParam } from './list-query.js';
import { lookInto } from './look-into.js';
import { operatorOnly } from './operator-only.js';
import { ContainerUsageQuery, UsageAnomaliesQuery } from './usage-query.js';
import { PageView } from './views.js';

const viewOfFact = ({ fromMs, workspaceId: _, ...fact }: ContainerUsage): Record<string, unknown> => ({
  ...fact,
  from: new Date(fromMs).toISOString(),
});

const viewOfAnomaly = ({ seenAtMs, ...anomaly }: UsageAnomaly): Record<string, unknown> => ({
  ...anomaly,
  seenAt: new Date(seenAtMs).toISOString(),
});

/** What was measured, before any price. */
@ApiTags('billing')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard)
@Controller('v1/billing')
export class UsageController {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @Get('containers/:id/usage')
  @ApiOperation({
    summary: 'What a container used, period by period: each ten seconds of its life, and the rest at its end',
  })
  @ApiOkResponse({ type: PageView })
  async containerUsage(
    @HttpCaller() caller: Caller,
    @Param() { id }: IdParam,
    @Query() { cursor, limit }: ContainerUsageQuery,
  ): Promise<PageView> {
    const { facts } = await this.bus.request('billing.get-container-usage', {
      workspaceId: caller.workspaceId,
      containerId: id,
      ...(cursor === undefined ? {} : { after: Number(cursor) }),
      limit,
    });
    for (const { environment } of facts) lookInto(caller, environment);
    const last = facts.length === limit ? facts.at(-1) : undefined;
    return { items: facts.map(viewOfFact), nextCursor: last === undefined ? null : String(last.sequence) };
  }

  @Get('usage-anomalies')
  @ApiOperation({
    summary: 'Usage that was refused or is missing, the newest first; for owners of the first workspace',
  })
  @ApiOkResponse({ type: PageView })
  async anomalies(
    @Req() { caller }: HttpRequest,
    @Query() { code, limit }: UsageAnomaliesQuery,
  ): Promise<PageView> {
    operatorOnly(caller, 'see what is amiss with usage');
    const { anomalies } = await this.bus.request('billing.list-usage-anomalies', {
      ...(code === undefined ? {} : { code }),
      limit,
    });
    return { items: anomalies.map(viewOfAnomaly), nextCursor: null };
  }
}

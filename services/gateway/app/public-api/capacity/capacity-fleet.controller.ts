import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { HttpCallerGuard } from '../http-caller.guard.js';
import { PageQuery } from '../list-query.js';
import { PageView } from '../views.js';
import { EventsQuery } from './capacity-bodies.js';
import { momentOf } from '../moment.js';
import { momentsAsText } from './moments-as-text.js';
import { OperatorName } from './operator-name.decorator.js';
import { OperatorOnly } from './operator-only.guard.js';
import { HostParam, WriteOffBody } from './write-off-body.js';

/** What became of plans: hosts, placements, lessons, and all that happened. */
@ApiTags('capacity')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard, OperatorOnly)
@Controller('v1/capacity')
export class CapacityFleetController {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @Get('placements')
  @ApiOperation({
    summary: 'Who said where the containers of the last hour went, and where the plan could not be followed',
  })
  async placements(): Promise<object> {
    const { notFollowed, ...sums } = await this.bus.request('capacity-planner.get-placements', {});
    return { ...momentsAsText(sums), items: notFollowed };
  }

  @Get('lessons')
  @ApiOperation({
    summary:
      'What our own starts taught of offers: how many nodes there may be, and which are left alone for now',
  })
  async lessons(): Promise<object> {
    const { lessons } = await this.bus.request('capacity-planner.list-lessons', {});
    return { items: lessons.map(momentsAsText) };
  }

  @Get('hosts')
  @ApiOperation({
    summary:
      'Hosts that were asked for, those that are not over first, then the newest; what all of them cost, and, on the first page, changes that are held back and where ledger, vendors and workers disagree',
  })
  @ApiOkResponse({ type: PageView })
  async hosts(@Query() { cursor, limit }: PageQuery): Promise<object> {
    const { hosts, held, drifts, nextCursor, ...sums } = await this.bus.request(
      'capacity-planner.list-hosts',
      { limit, ...(cursor === undefined ? {} : { cursor }) },
    );
    return {
      ...momentsAsText(sums),
      items: hosts.map(momentsAsText),
      nextCursor: nextCursor ?? null,
      ...(held !== undefined && { held }),
      ...(drifts !== undefined && { drifts: drifts.map(momentsAsText) }),
    };
  }

  @Post('hosts/:id/write-off')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ends a host in the ledger whose vendor is asked no more: its account is gone' })
  async writeOff(
    @Param() { id: hostId }: HostParam,
    @Body() { reason, at }: WriteOffBody,
    @OperatorName() by: string,
  ): Promise<object> {
    return momentsAsText(
      await this.bus.request('capacity-planner.write-off-host', {
        ...{ hostId, by, reason },
        ...(at === undefined ? {} : { at: momentOf('at', at) }),
      }),
    );
  }

  @Get('events')
  @ApiOperation({ summary: 'What happened to plans and hosts, and what operators decided, the newest first' })
  @ApiOkResponse({ type: PageView })
  async events(@Query() { of, cursor, limit }: EventsQuery): Promise<object> {
    const { events, nextBeforePosition: next } = await this.bus.request('capacity-planner.list-events', {
      limit,
      ...(of === undefined ? {} : { of }),
      ...(cursor === undefined ? {} : { beforePosition: Number(cursor) }),
    });
    return {
      items: events.map(({ position, fact }) => ({ position, ...momentsAsText(fact) })),
      nextCursor: next === undefined ? null : String(next),
    };
  }
}

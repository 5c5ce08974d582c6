import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { pageOf, readCursor } from '@slipway/gateway-core';
import { accepted } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { HttpCallerGuard } from '../http-caller.guard.js';
import { PageQuery } from '../list-query.js';
import { PageView } from '../views.js';
import { DiffQuery, ExplainQuery, PlanParam, ReasonBody } from './capacity-bodies.js';
import { momentsAsText } from './moments-as-text.js';
import { OperatorName } from './operator-name.decorator.js';
import { OperatorOnly } from './operator-only.guard.js';
import { ApprovalBody } from './pin-body.js';
import { WhatIfBody } from './what-if-body.js';

/** Solving takes as long as the policy's time limit allows, and a little. */
const PLANNING_TIMEOUT_MS = 150_000;
/** One that is being made is waited for before another is. */
const PLAN_NOW_TIMEOUT_MS = 2 * PLANNING_TIMEOUT_MS;

/** Capacity plans: what was planned, why, what would follow, and what operators say to it. */
@ApiTags('capacity')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard, OperatorOnly)
@Controller('v1/capacity')
export class CapacityPlansController {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @Get('plans')
  @ApiOperation({ summary: 'Plans, the newest first' })
  @ApiOkResponse({ type: PageView })
  async plans(@Query() { cursor, limit }: PageQuery): Promise<PageView> {
    const mark = cursor === undefined ? undefined : accepted(readCursor(cursor));
    const { plans } = await this.bus.request('capacity-planner.list-plans', {
      limit: limit + 1,
      ...(mark === undefined ? {} : { before: { madeAt: mark.createdAt, planId: mark.id } }),
    });
    const page = pageOf(plans, limit, ({ madeAt, planId }) => ({ createdAt: madeAt, id: planId }));
    return { items: page.items.map(momentsAsText), nextCursor: page.nextCursor };
  }

  @Post('plans')
  @ApiOperation({ summary: 'Makes a plan of all that is known now; one that is being made is waited for' })
  async planNow(@OperatorName() by: string): Promise<object> {
    return momentsAsText(
      await this.bus.request('capacity-planner.plan-now', { by }, { timeoutMs: PLAN_NOW_TIMEOUT_MS }),
    );
  }

  @Get('plans/:id')
  @ApiOperation({
    summary: 'One plan in full: counts by offer and period, flows, what is late and short, its costs',
  })
  async plan(@Param() { id }: PlanParam): Promise<object> {
    return momentsAsText(await this.bus.request('capacity-planner.get-plan', { planId: id }));
  }

  @Get('plans/:id/diff')
  @ApiOperation({ summary: 'What a plan changes, line by line with its reason and cost' })
  diff(@Param() { id }: PlanParam, @Query() { against }: DiffQuery): Promise<object> {
    return this.bus.request('capacity-planner.diff-plan', {
      planId: id,
      ...(against === undefined ? {} : { againstPlanId: against }),
    });
  }

  @Get('plans/:id/explain')
  @ApiOperation({
    summary:
      'What rules, pins and floors cost and what one container or GPU more would; with offerId: why that offer was bought or not',
  })
  explain(@Param() { id }: PlanParam, @Query() { offerId }: ExplainQuery): Promise<object> {
    return offerId === undefined
      ? this.bus.request('capacity-planner.explain-plan', { planId: id }, { timeoutMs: PLANNING_TIMEOUT_MS })
      : this.bus.request(
          'capacity-planner.explain-offer',
          { planId: id, offerId },
          { timeoutMs: PLANNING_TIMEOUT_MS },
        );
  }

  @Get('plans/:id/terms')
  @ApiOperation({
    summary: 'What each term on offer would save over the plan’s horizon; nothing of it is bought',
  })
  terms(@Param() { id }: PlanParam): Promise<object> {
    return this.bus.request('capacity-planner.plan-terms', { planId: id });
  }

  @Post('plans/:id/approve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Puts a plan that waits for a person in force, or all of it but some changes' })
  async approve(
    @Param() { id }: PlanParam,
    @Body() { without }: ApprovalBody,
    @OperatorName() by: string,
  ): Promise<object> {
    const asked = { planId: id, by, ...(without === undefined ? {} : { without }) };
    return momentsAsText(await this.bus.request('capacity-planner.approve-plan', asked));
  }

  @Post('plans/:id/reject')
  @HttpCode(200)
  @ApiOperation({ summary: 'Turns a plan that waits for a person down; the one before stays in force' })
  async reject(
    @Param() { id }: PlanParam,
    @Body() { reason }: ReasonBody,
    @OperatorName() by: string,
  ): Promise<object> {
    return momentsAsText(await this.bus.request('capacity-planner.reject-plan', { planId: id, by, reason }));
  }

  @Post('plans/:id/replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Makes a plan again from its recorded inputs, and says whether it is the same' })
  replay(@Param() { id }: PlanParam): Promise<object> {
    return this.bus.request(
      'capacity-planner.replay-plan',
      { planId: id },
      { timeoutMs: PLANNING_TIMEOUT_MS },
    );
  }

  @Post('what-if')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Plans a recorded problem with other prices, offers, demand or quotas; nothing is carried out',
  })
  whatIf(@Body() body: WhatIfBody): Promise<object> {
    return this.bus.request('capacity-planner.what-if', { ...body }, { timeoutMs: PLANNING_TIMEOUT_MS });
  }
}

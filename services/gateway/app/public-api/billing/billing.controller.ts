import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  Put,
  Query,
  Req,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { readGpu } from '@slipway/gateway-core';
import { accepted, refuse, RefusedError } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { eachCost } from '../../client-protocol/billing/each-cost.js';
import type { Environments } from '../../store/environments.js';
import { ENVIRONMENTS } from '../../tokens.js';
import { HttpCallerGuard, type HttpRequest } from '../http-caller.guard.js';
import { managerOnly } from '../manager-only.js';
import { momentOf } from '../moment.js';
import { BudgetBody, CostsQuery, EntriesQuery, LimitQuery, MonthQuery, QuoteQuery } from './billing-query.js';

/** More rows than this nobody reads: an export is the way. */
const MOST_COSTS = 100_000;
const MOST_COST_BYTES = 32 * 1024 * 1024;

const tooManyCosts = (): RefusedError =>
  new RefusedError(
    refuse(
      'exhausted',
      'too-many-rows',
      `The answer has more than ${MOST_COSTS} rows or ${MOST_COST_BYTES / 1024 ** 2} MiB: ask for less time, or export it.`,
    ),
  );

/** Money of the caller's workspace: for its owners and managers. */
@ApiTags('billing')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard)
@Controller('v1')
export class BillingController {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(ENVIRONMENTS) private readonly environments: Environments,
  ) {}

  @Get('billing/balance')
  @ApiOperation({ summary: 'What a month comes to, and what is left of credits and of what was paid ahead' })
  @ApiOkResponse({ schema: { type: 'object' } })
  balance(@Req() { caller }: HttpRequest, @Query() { month }: MonthQuery): Promise<object> {
    const { workspaceId } = managerOnly(caller!);
    return month === undefined
      ? this.bus.request('billing.get-balance', { workspaceId })
      : this.bus.request('billing.sum-month', { workspaceId, month });
  }

  @Get('billing/costs')
  @ApiOperation({ summary: 'What apps, functions, environments or all cost, by hour, by day or in all' })
  @ApiOkResponse({ schema: { type: 'object' } })
  async costs(@Req() { caller }: HttpRequest, @Query() query: CostsQuery): Promise<object> {
    const { workspaceId } = managerOnly(caller!);
    const rows = eachCost(this.bus, {
      workspaceId,
      fromMs: momentOf('from', query.from ?? `${new Date().toISOString().slice(0, 7)}-01`),
      toMs: query.to === undefined ? Date.now() : momentOf('to', query.to),
      resolution: query.resolution,
      per: query.per,
      ...(query.environment === undefined ? {} : { environments: [query.environment] }),
      ...(query.app === undefined ? {} : { appIds: [query.app] }),
      ...(query.function === undefined ? {} : { functionIds: [query.function] }),
    });
    const items: object[] = [];
    let bytes = 0;
    for await (const { fromMs, ...row } of rows) {
      const item = { from: new Date(fromMs).toISOString(), ...row };
      bytes += JSON.stringify(item).length;
      if (items.length === MOST_COSTS || bytes > MOST_COST_BYTES) throw tooManyCosts();
      items.push(item);
    }
    return { items };
  }

  @Get('billing/calls/:id')
  @ApiOperation({ summary: 'What one call cost: its part of its containers’ time, step by step' })
  @ApiOkResponse({ schema: { type: 'object' } })
  call(@Req() { caller }: HttpRequest, @Param('id') callId: string): Promise<object> {
    const { workspaceId } = managerOnly(caller!);
    return this.bus.request('billing.get-call-cost', { workspaceId, callId });
  }

  @Get('billing/entries')
  @ApiOperation({ summary: 'The ledger, the newest entry first' })
  @ApiOkResponse({ schema: { type: 'object' } })
  async entries(@Req() { caller }: HttpRequest, @Query() query: EntriesQuery): Promise<object> {
    const { workspaceId } = managerOnly(caller!);
    return { items: (await this.bus.request('billing.list-entries', { workspaceId, ...query })).entries };
  }

  @Get('billing/invoices')
  @ApiOperation({ summary: 'Invoices, the newest first' })
  @ApiOkResponse({ schema: { type: 'object' } })
  async invoices(@Req() { caller }: HttpRequest): Promise<object> {
    const { workspaceId } = managerOnly(caller!);
    return { items: (await this.bus.request('billing.list-invoices', { workspaceId })).invoices };
  }

  @Get('billing/invoices/:number')
  @ApiOperation({ summary: 'One invoice with its lines by function and day' })
  @ApiOkResponse({ schema: { type: 'object' } })
  invoice(@Req() { caller }: HttpRequest, @Param('number') invoiceNumber: string): Promise<object> {
    const { workspaceId } = managerOnly(caller!);
    return this.bus.request('billing.get-invoice', { workspaceId, invoiceNumber });
  }

  @Get('billing/invoices/:number/page')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  @ApiOperation({ summary: 'The invoice for people: to be read, printed or saved as PDF by a browser' })
  @ApiProduces('text/html')
  async page(@Req() { caller }: HttpRequest, @Param('number') invoiceNumber: string): Promise<string> {
    const { workspaceId } = managerOnly(caller!);
    return (await this.bus.request('billing.print-invoice', { workspaceId, invoiceNumber })).html;
  }

  @Get('billing/budgets')
  @ApiOperation({ summary: 'Budgets, with what is spent and held of each this month' })
  @ApiOkResponse({ schema: { type: 'object' } })
  async budgets(@Req() { caller }: HttpRequest): Promise<object> {
    const { workspaceId } = managerOnly(caller!);
    return { items: (await this.bus.request('billing.list-budgets', { workspaceId })).budgets };
  }

  @Put('billing/budgets')
  @ApiOperation({ summary: 'Sets the soft or hard budget of the workspace or of an environment' })
  @ApiOkResponse({ schema: { type: 'object' } })
  async setBudget(@Req() { caller }: HttpRequest, @Body() body: BudgetBody): Promise<object> {
    const { workspaceId, principal } = managerOnly(caller!);
    if (body.environment !== undefined) await this.environments.get(workspaceId, body.environment);
    return this.bus.request('billing.set-budget', { ...body, workspaceId, setBy: principal.name });
  }

  @Delete('billing/budgets/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes a budget away' })
  async deleteBudget(@Req() { caller }: HttpRequest, @Param('id') budgetId: string): Promise<void> {
    const { workspaceId } = managerOnly(caller!);
    await this.bus.request('billing.delete-budget', { workspaceId, budgetId });
  }

  @Get('billing/notices')
  @ApiOperation({ summary: 'What was told of budgets, the newest first' })
  @ApiOkResponse({ schema: { type: 'object' } })
  async notices(@Req() { caller }: HttpRequest, @Query() { limit }: LimitQuery): Promise<object> {
    const { workspaceId } = managerOnly(caller!);
    return { items: (await this.bus.request('billing.list-notices', { workspaceId, limit })).notices };
  }

  @Get('billing/grants')
  @ApiOperation({ summary: 'Credits, the oldest first' })
  @ApiOkResponse({ schema: { type: 'object' } })
  async grants(@Req() { caller }: HttpRequest): Promise<object> {
    const { workspaceId } = managerOnly(caller!);
    return { items: (await this.bus.request('billing.list-grants', { workspaceId })).grants };
  }

  @Get('billing/rate-cards')
  @ApiOperation({ summary: 'All rate cards: those of the past, the one in force and those announced' })
  @ApiOkResponse({ schema: { type: 'object' } })
  async cards(): Promise<object> {
    return { items: (await this.bus.request('billing.list-rate-cards', {})).cards };
  }

  @Get('quotes')
  @ApiOperation({ summary: 'What a container would cost; with a function, also what its calls cost of late' })
  @ApiOkResponse({ schema: { type: 'object' } })
  async quote(@Req() { caller }: HttpRequest, @Query() query: QuoteQuery): Promise<object> {
    const workspaceId = caller?.workspaceId ?? '';
    const [gpuType = '', count] = (query.gpu ?? '').split(':');
    const gpu = accepted(readGpu({ type: 0, count: Number(count ?? 1), gpuType })) ?? null;
    const quote = await this.bus.request('billing.quote', {
      workspaceId,
      ceiling: {
        milliCpu: query.milliCpu,
        memoryMiB: query.memoryMiB,
        diskMiB: 0,
        gpus: gpu === null ? [] : [gpu],
      },
      seconds: query.seconds,
      preemptible: query.preemptible,
      ...(query.region === undefined ? {} : { region: query.region }),
    });
    if (query.function === undefined) return quote;
    managerOnly(caller!);
    const lately = await this.bus.request('billing.function-history', {
      workspaceId,
      functionId: query.function,
    });
    return { ...quote, lately };
  }
}

import { Body, Controller, Get, Inject, Post, Put, Query, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Instant } from '@slipway/kernel';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import type { Workspaces } from '../../store/workspaces.js';
import { WORKSPACES } from '../../tokens.js';
import { HttpCallerGuard, type HttpRequest } from '../http-caller.guard.js';
import { momentOf } from '../moment.js';
import { operatorOnly } from '../operator-only.js';
import { LimitQuery } from './billing-query.js';
import {
  AccountBody,
  CorrectionBody,
  DiscountBody,
  GrantBody,
  MonthBody,
  PaymentBody,
  RateCardBody,
} from './operator-bodies.js';

const optionalMoment = (name: string, text: string | undefined): Instant | undefined =>
  text === undefined ? undefined : momentOf(name, text);

/** Money of the whole site: rates, credits, payments, corrections and the books, for who runs it. */
@ApiTags('billing of the site')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard)
@Controller('v1/billing')
export class BillingOperatorController {
  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(WORKSPACES) private readonly workspaces: Workspaces,
  ) {}

  @Post('rate-cards')
  @ApiOperation({ summary: 'Publishes a rate card for later; what was used keeps its price' })
  publish(@Req() { caller }: HttpRequest, @Body() body: RateCardBody): Promise<object> {
    operatorOnly(caller, 'publish rate cards');
    const { effectiveFrom, effectiveTo, ...card } = body;
    const effectiveToMs = optionalMoment('effectiveTo', effectiveTo);
    return this.bus.request('billing.publish-rate-card', {
      ...card,
      effectiveFromMs: momentOf('effectiveFrom', effectiveFrom),
      ...(effectiveToMs === undefined ? {} : { effectiveToMs }),
    });
  }

  @Post('discounts')
  @ApiOperation({ summary: 'Gives a workspace a discount from a moment on' })
  async discount(@Req() { caller }: HttpRequest, @Body() body: DiscountBody): Promise<object> {
    operatorOnly(caller, 'give discounts');
    await this.workspaces.get(body.workspaceId);
    const { from, to, ...discount } = body;
    const toMs = optionalMoment('to', to);
    return this.bus.request('billing.give-discount', {
      ...discount,
      fromMs: momentOf('from', from),
      ...(toMs === undefined ? {} : { toMs }),
    });
  }

  @Post('grants')
  @ApiOperation({ summary: 'Gives a workspace credit' })
  async grant(@Req() { caller }: HttpRequest, @Body() body: GrantBody): Promise<object> {
    operatorOnly(caller, 'give credits');
    await this.workspaces.get(body.workspaceId);
    const { expiresAt, ...grant } = body;
    const expiresAtMs = optionalMoment('expiresAt', expiresAt);
    return this.bus.request('billing.give-grant', {
      ...grant,
      ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    });
  }

  @Put('accounts')
  @ApiOperation({
    summary: 'How a workspace pays, what it is called on invoices, what it is given each month',
  })
  async account(@Req() { caller }: HttpRequest, @Body() body: AccountBody): Promise<object> {
    operatorOnly(caller, 'change accounts');
    await this.workspaces.get(body.workspaceId);
    return this.bus.request('billing.set-account', body);
  }

  @Post('payments')
  @ApiOperation({ summary: 'Books money that came in' })
  async payment(@Req() { caller }: HttpRequest, @Body() body: PaymentBody): Promise<object> {
    operatorOnly(caller, 'book payments');
    await this.workspaces.get(body.workspaceId);
    return this.bus.request('billing.record-payment', body);
  }

  @Post('corrections')
  @ApiOperation({ summary: 'Puts right what was charged, by a new entry' })
  async correct(@Req() { caller }: HttpRequest, @Body() body: CorrectionBody): Promise<object> {
    operatorOnly(caller, 'correct charges');
    await this.workspaces.get(body.workspaceId);
    return this.bus.request('billing.correct-charge', body);
  }

  @Post('closed-months')
  @ApiOperation({
    summary: 'Issues the invoices of a month that is over, sooner than they come by themselves',
  })
  close(@Req() { caller }: HttpRequest, @Body() { month }: MonthBody): Promise<object> {
    operatorOnly(caller, 'close months');
    return this.bus.request('billing.close-month', { month });
  }

  @Get('trial-balance')
  @ApiOperation({ summary: 'The sum of every account, and of all of them: zero' })
  @ApiOkResponse({ schema: { type: 'object' } })
  trialBalance(@Req() { caller }: HttpRequest): Promise<object> {
    operatorOnly(caller, 'see the books of all');
    return this.bus.request('billing.get-trial-balance', {});
  }

  @Get('anomalies')
  @ApiOperation({ summary: 'Usage that was refused, is missing, or has no price' })
  @ApiOkResponse({ schema: { type: 'object' } })
  async anomalies(@Req() { caller }: HttpRequest, @Query() { limit }: LimitQuery): Promise<object> {
    operatorOnly(caller, 'see anomalies');
    const [{ anomalies }, { usage }] = await Promise.all([
      this.bus.request('billing.list-usage-anomalies', { limit }),
      this.bus.request('billing.list-unpriced-usage', { limit }),
    ]);
    return { items: anomalies, unpriced: usage };
  }
}

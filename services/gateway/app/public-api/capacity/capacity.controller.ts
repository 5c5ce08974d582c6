import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Patch,
  Post,
  Put,
  Query,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { HttpCallerGuard } from '../http-caller.guard.js';
import { PageView } from '../views.js';
import {
  ExclusionBody,
  FloorBody,
  GuardrailChangesBody,
  GuardrailsBody,
  OfferFilterBody,
  OffersQuery,
  ReasonBody,
  RejectedQuery,
  SeriesQuery,
} from './capacity-bodies.js';
import { momentOf } from '../moment.js';
import { momentsAsText } from './moments-as-text.js';
import { OperatorName } from './operator-name.decorator.js';
import { OperatorOnly } from './operator-only.guard.js';
import { PinBody } from './pin-body.js';

const HOUR_MS = 3_600_000;

/** What capacity can be bought, what is wanted, and what operators decide about planning. */
@ApiTags('capacity')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard, OperatorOnly)
@Controller('v1/capacity')
export class CapacityController {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @Get('offers')
  @ApiOperation({ summary: 'Offers of the catalogue, by id' })
  @ApiOkResponse({ type: PageView })
  async offers(@Query() { cursor, limit, ...filter }: OffersQuery): Promise<object> {
    const { version, total, offers } = await this.bus.request('capacity-planner.list-offers', {
      filter,
      limit,
      ...(cursor === undefined ? {} : { afterOfferId: cursor }),
    });
    const nextCursor = offers.length === limit ? (offers.at(-1)?.offerId ?? null) : null;
    return { version, total, items: offers.map(momentsAsText), nextCursor };
  }

  @Get('rejected-offers')
  @ApiOperation({ summary: 'Rows of catalogues that were left out, and why' })
  @ApiOkResponse({ type: PageView })
  async rejected(@Query() { cursor = '0', limit }: RejectedQuery): Promise<object> {
    const offset = Number(cursor);
    const { version, total, rejected } = await this.bus.request('capacity-planner.list-rejected-offers', {
      limit,
      offset,
    });
    const next = offset + rejected.length;
    return { version, total, items: rejected, nextCursor: next < total ? String(next) : null };
  }

  @Get('demand')
  @ApiOperation({
    summary: 'Demand groups: what is wanted now, and the forecast that the newest plan was made from',
  })
  async demand(): Promise<object> {
    const { at, groups } = await this.bus.request('capacity-planner.get-demand', {});
    return {
      at: new Date(at).toISOString(),
      items: groups.map((group) => ({ ...group, forecast: group.forecast.map(momentsAsText) })),
    };
  }

  @Get('demand/series')
  @ApiOperation({ summary: 'Containers that one group wanted, in steps of five minutes' })
  async series(@Query() { demandKey, hours }: SeriesQuery): Promise<object> {
    const since = Date.now() - hours * HOUR_MS;
    const { points } = await this.bus.request('capacity-planner.get-demand-series', { demandKey, since });
    return { items: points.map(momentsAsText) };
  }

  @Get('control')
  @ApiOperation({
    summary: 'Whether planning runs, its guardrails and floors, and why it fails where it does',
  })
  async control(): Promise<object> {
    return momentsAsText(await this.bus.request('capacity-planner.get-control', {}));
  }

  @Post('freeze')
  @HttpCode(200)
  @ApiOperation({ summary: 'Nothing is started or stopped until it is taken back' })
  async freeze(@Body() { reason }: ReasonBody, @OperatorName() by: string): Promise<object> {
    return momentsAsText(await this.bus.request('capacity-planner.freeze', { by, reason }));
  }

  @Delete('freeze')
  @ApiOperation({ summary: 'Takes a freeze back' })
  async resume(@OperatorName() by: string): Promise<object> {
    return momentsAsText(await this.bus.request('capacity-planner.resume', { by }));
  }

  @Put('guardrails')
  @ApiOperation({ summary: 'Limits in money and in change; replaces those that were set before' })
  async guardrails(@Body() { guardrails }: GuardrailsBody, @OperatorName() by: string): Promise<object> {
    return momentsAsText(await this.bus.request('capacity-planner.set-guardrails', { by, guardrails }));
  }

  @Patch('guardrails')
  @ApiOperation({ summary: 'Some limits, beside those that were set before; null takes one back' })
  async changeGuardrails(
    @Body() { guardrails }: GuardrailChangesBody,
    @OperatorName() by: string,
  ): Promise<object> {
    const changes = guardrails;
    return momentsAsText(await this.bus.request('capacity-planner.change-guardrails', { by, changes }));
  }

  @Put('exclusions')
  @ApiOperation({
    summary: 'Nothing more is bought of the offers that are named; what is held of them stays',
  })
  async exclude(@Body() { reason, ...filter }: ExclusionBody, @OperatorName() by: string): Promise<object> {
    return momentsAsText(await this.bus.request('capacity-planner.exclude-offers', { by, reason, filter }));
  }

  @Delete('exclusions')
  @ApiOperation({ summary: 'Takes an exclusion back, named as it was made' })
  async include(@Query() filter: OfferFilterBody, @OperatorName() by: string): Promise<object> {
    return momentsAsText(await this.bus.request('capacity-planner.end-exclusion', { by, filter }));
  }

  @Put('pins')
  @ApiOperation({ summary: 'At least, or at most, so many nodes of the offers that are named' })
  async pin(
    @Body() { reason, least, most, until, ...filter }: PinBody,
    @OperatorName() by: string,
  ): Promise<object> {
    const asked = {
      ...{ by, reason, filter },
      ...(least === undefined ? {} : { least }),
      ...(most === undefined ? {} : { most }),
      ...(until === undefined ? {} : { until: momentOf('until', until) }),
    };
    return momentsAsText(await this.bus.request('capacity-planner.pin-offers', asked));
  }

  @Delete('pins')
  @ApiOperation({ summary: 'Takes a pin back, named as it was made' })
  async unpin(@Query() filter: OfferFilterBody, @OperatorName() by: string): Promise<object> {
    return momentsAsText(await this.bus.request('capacity-planner.end-pin', { by, filter }));
  }

  @Put('floors')
  @ApiOperation({ summary: 'Containers of a group that are kept ready whatever the forecast says' })
  async floors(@Body() body: FloorBody, @OperatorName() by: string): Promise<object> {
    return momentsAsText(await this.bus.request('capacity-planner.set-floor', { by, ...body }));
  }
}

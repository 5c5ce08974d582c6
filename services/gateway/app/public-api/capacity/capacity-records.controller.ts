import { Controller, Get, Inject, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { HttpCallerGuard } from '../http-caller.guard.js';
import { PageView } from '../views.js';
import { momentOf } from '../moment.js';
import { momentsAsText } from './moments-as-text.js';
import { OperatorOnly } from './operator-only.guard.js';
import { RecordedPeriodQuery } from './recorded-period-query.js';

/** A long period has thousands of plans to be looked through. */
const RECORDING_TIMEOUT_MS = 120_000;

/** What really happened, for whoever wants to run it again. */
@ApiTags('capacity')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard, OperatorOnly)
@Controller('v1/capacity')
export class CapacityRecordsController {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @Get('past')
  @ApiOperation({
    summary: 'What hosts cost in the last 24 hours, beside what somebody would have paid who had known them',
  })
  async past(): Promise<object> {
    return momentsAsText(await this.bus.request('capacity-planner.get-past', {}));
  }

  @Get('recorded-period')
  @ApiOperation({
    summary:
      'A stretch of time as rows of a trace: demand, offers and their prices, what vendors refused and took back, what hosts cost',
  })
  @ApiOkResponse({ type: PageView })
  async recordedPeriod(@Query() { from, until, cursor = '0', limit }: RecordedPeriodQuery): Promise<object> {
    const offset = Number(cursor);
    const { total, rows } = await this.bus.request(
      'capacity-planner.get-recorded-period',
      { from: momentOf('from', from), until: momentOf('until', until), offset, limit },
      { timeoutMs: RECORDING_TIMEOUT_MS },
    );
    const next = offset + rows.length;
    return { total, items: rows, nextCursor: next < total ? String(next) : null };
  }
}

import { Body, Controller, Delete, Get, Inject, Param, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { CapacityCommitments } from '@slipway/contracts';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { HttpCallerGuard } from '../http-caller.guard.js';
import { CommitmentBody, CommitmentParam, committedTo } from './commitment-body.js';
import { momentOf } from '../moment.js';
import { momentsAsText } from './moments-as-text.js';
import { OperatorName } from './operator-name.decorator.js';
import { OperatorOnly } from './operator-only.guard.js';

/** What operators have committed to at vendors: plans count with it, nothing of it is bought here. */
@ApiTags('capacity')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard, OperatorOnly)
@Controller('v1/capacity/commitments')
export class CapacityCommitmentsController {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @Get()
  @ApiOperation({ summary: 'Commitments, and how much of each is used now' })
  async commitments(): Promise<object> {
    return shown(await this.bus.request('capacity-planner.list-commitments', {}));
  }

  @Put(':id')
  @ApiOperation({ summary: 'Plans count with a commitment that was made at a vendor' })
  async record(
    @Param() { id }: CommitmentParam,
    @Body() body: CommitmentBody,
    @OperatorName() by: string,
  ): Promise<object> {
    const { startsAt } = body;
    const asked = {
      ...{ commitment: committedTo(id, body), by },
      ...(startsAt === undefined ? {} : { startsAt: momentOf('startsAt', startsAt) }),
    };
    return shown(await this.bus.request('capacity-planner.record-commitment', asked));
  }

  @Delete(':id')
  @ApiOperation({ summary: 'Plans count with a commitment no longer' })
  async remove(@Param() { id }: CommitmentParam, @OperatorName() by: string): Promise<object> {
    return shown(await this.bus.request('capacity-planner.remove-commitment', { commitmentId: id, by }));
  }
}

const shown = ({ commitments, ...sums }: CapacityCommitments): object => ({
  ...momentsAsText(sums),
  items: commitments.map(momentsAsText),
});

import { Readable } from 'node:stream';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  Query,
  Req,
  StreamableFile,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Bus } from '@slipway/messaging';
import { BUS } from '@slipway/nest-kit';
import { HttpCallerGuard, type HttpRequest } from '../http-caller.guard.js';
import { managerOnly } from '../manager-only.js';
import { momentOf } from '../moment.js';
import { operatorOnly } from '../operator-only.js';
import { EveryParam, ExportBody, ExportScheduleBody, ExportsQuery, OfExportsQuery } from './export-bodies.js';
import { exportFile, exportType } from './export-file.js';
import { shownExport } from './shown-export.js';

/** What is billed, as files of FinOps FOCUS: for owners and managers, and of all workspaces for who runs the site. */
@ApiTags('billing exports')
@ApiBearerAuth()
@UseGuards(HttpCallerGuard)
@Controller('v1/billing')
export class BillingExportsController {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @Post('exports')
  @HttpCode(202)
  @ApiOperation({ summary: 'Has a period exported: ask for the export until it is written' })
  async request(@Req() request: HttpRequest, @Body() body: ExportBody): Promise<object> {
    const { of, from, to, format, granularity } = body;
    return shownExport(
      await this.bus.request('billing.request-export', {
        workspaceId: whose(request, of),
        fromMs: momentOf('from', from),
        toMs: momentOf('to', to),
        granularity,
        format,
        requestedBy: managerOnly(request.caller!).principal.name,
      }),
    );
  }

  @Get('exports')
  @ApiOperation({ summary: 'Exports, the newest first' })
  @ApiOkResponse({ schema: { type: 'object' } })
  async list(@Req() request: HttpRequest, @Query() { of, limit }: ExportsQuery): Promise<object> {
    const { exports } = await this.bus.request('billing.list-exports', {
      workspaceId: whose(request, of),
      limit,
    });
    return { items: exports.map(shownExport) };
  }

  @Get('exports/:id')
  @ApiOperation({ summary: 'How an export stands; once it is written, its manifest' })
  @ApiOkResponse({ schema: { type: 'object' } })
  async get(
    @Req() request: HttpRequest,
    @Param('id') exportId: string,
    @Query() { of }: OfExportsQuery,
  ): Promise<object> {
    return shownExport(
      await this.bus.request('billing.get-export', { workspaceId: whose(request, of), exportId }),
    );
  }

  @Get('exports/:id/files/:name')
  @ApiOperation({ summary: 'A file of an export, or its `manifest.json`' })
  @ApiProduces('text/csv', 'application/vnd.apache.parquet', 'application/json')
  async file(
    @Req() request: HttpRequest,
    @Param('id') exportId: string,
    @Param('name') name: string,
    @Query() { of }: OfExportsQuery,
  ): Promise<StreamableFile> {
    const { sizeBytes, bytes } = await exportFile(this.bus, {
      workspaceId: whose(request, of),
      exportId,
      name,
    });
    return new StreamableFile(Readable.from(bytes, { objectMode: false }), {
      type: exportType(name),
      length: sizeBytes,
      disposition: `attachment; filename="${name}"`,
    });
  }

  @Get('export-schedules')
  @ApiOperation({ summary: 'What is exported by itself' })
  @ApiOkResponse({ schema: { type: 'object' } })
  async schedules(@Req() request: HttpRequest, @Query() { of }: OfExportsQuery): Promise<object> {
    const ask = { workspaceId: whose(request, of) };
    return { items: (await this.bus.request('billing.list-export-schedules', ask)).schedules };
  }

  @Put('export-schedules')
  @ApiOperation({
    summary: 'Has each day exported three hours after its end, or each month once its invoices are issued',
  })
  schedule(@Req() request: HttpRequest, @Body() { of, ...schedule }: ExportScheduleBody): Promise<object> {
    return this.bus.request('billing.set-export-schedule', {
      ...schedule,
      workspaceId: whose(request, of),
      setBy: managerOnly(request.caller!).principal.name,
    });
  }

  @Delete('export-schedules/:every')
  @HttpCode(204)
  @ApiOperation({ summary: 'Has days or months not exported by themselves any more' })
  async unschedule(
    @Req() request: HttpRequest,
    @Param() { every }: EveryParam,
    @Query() { of }: OfExportsQuery,
  ): Promise<void> {
    await this.bus.request('billing.delete-export-schedule', { workspaceId: whose(request, of), every });
  }
}

const whose = ({ caller }: HttpRequest, of: OfExportsQuery['of']): string | null => {
  if (of === 'workspace') return managerOnly(caller!).workspaceId;
  operatorOnly(caller, 'export what all workspaces are billed');
  return null;
};

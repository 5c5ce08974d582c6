import { Controller, Inject } from '@nestjs/common';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import { Answers } from '@slipway/messaging';
import { readExports } from './exports/export-rows.js';
import { deleteExportSchedule, listExportSchedules, setExportSchedule } from './exports/export-schedules.js';
import { exportView, findExport, readExportFile, requestExport } from './exports/request-export.js';
import type { ExportPlace } from './exports/write-export.js';
import type { BillingStore } from './store/open-store.js';
import { EXPORT_PLACE, STORE } from './tokens.js';

/** What is billed, as files. */
@Controller()
export class ExportsController {
  constructor(
    @Inject(STORE) private readonly store: BillingStore,
    @Inject(EXPORT_PLACE) private readonly place: ExportPlace,
  ) {}

  @Answers('billing.request-export')
  request(ask: AskOf<'billing.request-export'>): Promise<AnswerOf<'billing.request-export'>> {
    return requestExport(this.store.pool, ask, Date.now());
  }

  @Answers('billing.list-exports')
  async list(ask: AskOf<'billing.list-exports'>): Promise<AnswerOf<'billing.list-exports'>> {
    return { exports: (await readExports(this.store.pool, ask)).map(exportView) };
  }

  @Answers('billing.get-export')
  async get(ask: AskOf<'billing.get-export'>): Promise<AnswerOf<'billing.get-export'>> {
    return exportView(await findExport(this.store.pool, ask));
  }

  @Answers('billing.read-export-file')
  read(ask: AskOf<'billing.read-export-file'>): Promise<AnswerOf<'billing.read-export-file'>> {
    return readExportFile(this.store.pool, this.place.shelf, ask);
  }

  @Answers('billing.set-export-schedule')
  schedule(ask: AskOf<'billing.set-export-schedule'>): Promise<AnswerOf<'billing.set-export-schedule'>> {
    return setExportSchedule(this.store.pool, ask, Date.now());
  }

  @Answers('billing.list-export-schedules')
  async schedules({
    workspaceId,
  }: AskOf<'billing.list-export-schedules'>): Promise<AnswerOf<'billing.list-export-schedules'>> {
    return { schedules: await listExportSchedules(this.store.pool, workspaceId) };
  }

  @Answers('billing.delete-export-schedule')
  async unschedule(
    ask: AskOf<'billing.delete-export-schedule'>,
  ): Promise<AnswerOf<'billing.delete-export-schedule'>> {
    await deleteExportSchedule(this.store.pool, ask);
    return {};
  }
}

import type { WorkspaceId } from '../ids.js';
import type { ExportScheduleView, ExportView } from '../exports.js';
import type { Ask, Nothing } from './ask.js';

/** Whose export it is: of a workspace, or of all, for who runs the site. */
type OfExports = Readonly<{ workspaceId: WorkspaceId | null }>;

/** What billing is asked of exports. Who may ask for them, the asker has made sure of. */
export interface ExportRequests {
  'billing.request-export': Ask<
    OfExports &
      Readonly<{
        fromMs: number;
        toMs: number;
        granularity: ExportView['granularity'];
        format: ExportView['format'];
        requestedBy: string;
      }>,
    ExportView
  >;
  /** The newest first. */
  'billing.list-exports': Ask<
    OfExports & Readonly<{ limit: number }>,
    Readonly<{ exports: readonly ExportView[] }>
  >;
  'billing.get-export': Ask<OfExports & Readonly<{ exportId: string }>, ExportView>;
  /** Some bytes of a file of an export, as base64, and how long the file is. */
  'billing.read-export-file': Ask<
    OfExports & Readonly<{ exportId: string; name: string; offset: number }>,
    Readonly<{ sizeBytes: number; base64: string }>
  >;
  /** There is one for days and one for months: setting it again replaces it. */
  'billing.set-export-schedule': Ask<OfExports & ExportScheduleView, ExportScheduleView>;
  'billing.list-export-schedules': Ask<OfExports, Readonly<{ schedules: readonly ExportScheduleView[] }>>;
  'billing.delete-export-schedule': Ask<
    OfExports & Readonly<{ every: ExportScheduleView['every'] }>,
    Nothing
  >;
}

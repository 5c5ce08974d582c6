/** What an export was written as, for whoever loads it: also beside its files, as `manifest.json`. */
export type ExportManifest = Readonly<{
  specification: 'FOCUS';
  specificationVersion: string;
  exportId: string;
  /** Null: of all workspaces. */
  workspaceId: string | null;
  /** RFC 3339; `to` is exclusive. */
  from: string;
  to: string;
  granularity: 'hourly' | 'daily';
  format: 'csv' | 'parquet';
  rows: number;
  /** The exact sum of each column of costs and quantities. */
  sums: Readonly<Record<string, string>>;
  columns: readonly Readonly<{ name: string; type: string; nullable: boolean }>[];
  files: readonly Readonly<{ name: string; rows: number; sizeBytes: number; sha256: string }>[];
}>;

export type ExportView = Readonly<{
  exportId: string;
  fromMs: number;
  toMs: number;
  granularity: ExportManifest['granularity'];
  format: ExportManifest['format'];
  requestedBy: string;
  requestedAtMs: number;
  /** `removed`: its files were kept for as long as exports are; its manifest is still told. */
  state: 'waiting' | 'written' | 'failed' | 'removed';
  /** Why it could not be written: one that waits is tried again. */
  error?: string;
  triesAgainAtMs?: number;
  endedAtMs?: number;
  manifest?: ExportManifest;
}>;

/** What is exported by itself: each day after its end, each month once its invoices are issued. */
export type ExportScheduleView = Readonly<{
  every: 'day' | 'month';
  granularity: ExportManifest['granularity'];
  format: ExportManifest['format'];
  setBy: string;
}>;

import type { ExportView } from '@slipway/contracts';

/** An export as HTTP shows it: moments are texts. */
export const shownExport = ({
  fromMs,
  toMs,
  requestedAtMs,
  triesAgainAtMs,
  endedAtMs,
  ...view
}: ExportView): Record<string, unknown> => ({
  ...view,
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
  requestedAt: new Date(requestedAtMs).toISOString(),
  ...(triesAgainAtMs === undefined ? {} : { triesAgainAt: new Date(triesAgainAtMs).toISOString() }),
  ...(endedAtMs === undefined ? {} : { endedAt: new Date(endedAtMs).toISOString() }),
});

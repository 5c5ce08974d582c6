import { Warning_WarningType, type Warning } from '@slipway/protocol';

/** What clients show to whoever deploys. */
export const serverWarnings = (messages: readonly string[]): Warning[] =>
  messages.map((message) => ({ type: Warning_WarningType.FUNCTION_CONFIGURATION, message }));

import type { FlagKinds } from '../terminal/parse-arguments.ts';
import type { Command } from './command.ts';
import { fetchRecordedPeriod, linesOf, readSpan } from './recorded-period.ts';

export const recordHelp = `
  plan record                what really happened, as a trace: one JSON row a line (docs/runbooks/capacity-traces.md)
      --from MOMENT --until MOMENT; the last 24 hours where they are left out
`.slice(1);

export const recordOptions: FlagKinds = { from: 'text', until: 'text' };

/** `slipway plan record`: a recorded period, to be kept in a file and run again. */
export const record: Command = async (api, _words, { texts }) => {
  const items = await fetchRecordedPeriod(api, readSpan(texts, Date.now()));
  return { answer: { items }, shown: linesOf(items) };
};

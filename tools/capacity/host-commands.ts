import type { FlagKinds, ParsedArguments } from '../terminal/parse-arguments.ts';
import { readMoment } from '../terminal/read-moment.ts';
import { need, reasonOf, type Command } from './command.ts';
import { dollars } from './figures.ts';

export const hostHelp = `\
  plan write-off HOST        ends a host in the ledger whose vendor was taken out of the settings, for its account is gone;
      --reason TEXT, and --at MOMENT unless it was paid for until now; nothing is stopped anywhere
`;

export const writeOffOptions: FlagKinds = { at: 'text' };

type WrittenOff = Readonly<{ hostId: string; status: string; endedAt: string; costMicroUsd: number }>;

/** The body of a write-off from its options. Throws UsageError. */
export const readWriteOff = ({ texts }: Pick<ParsedArguments, 'texts'>): object => {
  const at = texts.get('at');
  return { ...reasonOf({ texts }), ...(at === undefined ? {} : { at: readMoment('--at', at) }) };
};

export const hostCommands = {
  'write-off': async (api, words, parsed) => {
    const path = `/capacity/hosts/${encodeURIComponent(need(words, 'the host'))}/write-off`;
    const answer = (await api.send('POST', path, readWriteOff(parsed))) as WrittenOff;
    const { hostId, status, endedAt, costMicroUsd } = answer;
    return { answer, shown: `${hostId}: ${status} ${endedAt}, cost ${dollars(costMicroUsd)}` };
  },
} satisfies Readonly<Record<string, Command>>;

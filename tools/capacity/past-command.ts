import type { CapacityPast } from '@slipway/contracts';
import type { PublicApi } from '../platform/open-public-api.ts';
import type { Command } from './command.ts';
import { dollars, percent } from './figures.ts';
import type { Shown } from './plan-answers.ts';

type PastAnswer = Shown<CapacityPast>;
type KnownPast = Extract<PastAnswer, { state: 'known' }>;

export const pastHelp = `
  plan past                  what hosts cost in the last 24 hours, beside what somebody would have paid who had known them
`.slice(1);

/** Waits have no bill: what hosts cost is set beside the bound only where nobody waited. */
const besideHosts = ({ costMicroUsd, boundMicroUsd, wantedGpuMs = 0, waitedGpuMs }: KnownPast): string => {
  if (waitedGpuMs === undefined) return '';
  if (waitedGpuMs > 0)
    return `, and ${percent(waitedGpuMs / Math.max(1, wantedGpuMs))} of what was wanted waited`;
  return boundMicroUsd > 0 ? `, ${(costMicroUsd / boundMicroUsd).toFixed(2)} times that` : '';
};

/** One line about the hours just past. */
export const pastLine = (past: PastAnswer): string => {
  switch (past.state) {
    case 'known': {
      const { startsAt, endsAt, costMicroUsd, boundMicroUsd } = past;
      return `from ${startsAt} to ${endsAt}: a clairvoyant would have paid ${dollars(boundMicroUsd)} (hosts, egress and waits), hosts cost ${dollars(costMicroUsd)}${besideHosts(past)}`;
    }
    case 'working':
      return 'the hours just past: what a clairvoyant would have paid is being worked out; ask again';
    case 'unknown':
      return 'the hours just past: too little is recorded yet';
    case 'failed':
      return `the hours just past: what a clairvoyant would have paid was not found at ${past.failedAt}: ${past.because}`;
    default:
      return past satisfies never;
  }
};

/** `slipway plan past`: with all that was not recorded of it. */
export const past: Command = async (api) => {
  const answer = (await api.get('/capacity/past')) as PastAnswer;
  const notes = answer.state === 'known' ? answer.notes.map((note) => `  ${note}`) : [];
  return { answer, shown: [pastLine(answer), ...notes].join('\n') };
};

/** What the newest plan shows with it; a plan is shown whether the past can be told or not. */
export const pastBesidePlan = async (api: PublicApi): Promise<string> => {
  try {
    return pastLine((await api.get('/capacity/past')) as PastAnswer);
  } catch (error) {
    return `the hours just past: ${(error as Error).message}`;
  }
};

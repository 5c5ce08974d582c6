import type { ReplayedPlan } from '@slipway/contracts';
import type { PublicApi } from '../platform/open-public-api.ts';
import {
  givenOptions,
  UsageError,
  type FlagKinds,
  type ParsedArguments,
} from '../terminal/parse-arguments.ts';
import type { Command, Told } from './command.ts';
import { replayText } from './plan-tables.ts';
import { readPolicyChanges } from './read-policy.ts';
import { fetchRecordedPeriod, linesOf, readSpan } from './recorded-period.ts';

/** Of offers that nobody tried in a recorded time. */
const UNTRIED_NODES = 16;

export const replayHelp = `
  plan replay PLAN           makes a plan again from its recorded inputs
  plan replay                runs a recorded time again, the last 24 hours or --from MOMENT --until MOMENT, or a trace: --period FILE
      --policy NAME=NUMBER or --policy FILE (JSON), as often as it takes: settings in place of those that were in force;
      guardrails.NAME=none: a cap that is not set
      --catalogue FILE: offers in place of those that there were; --untried NODES: of offers that nobody tried (${UNTRIED_NODES})
      --regret: also where regret comes from, which takes two more runs of each; it runs here, on all processors, for minutes
`.slice(1);

export const replayOptions: FlagKinds = {
  ...{ from: 'text', until: 'text', period: 'text' },
  ...{ policy: 'texts', catalogue: 'text', untried: 'number', regret: 'flag' },
};

/** `slipway plan replay`: of one plan, by the planner that made it; of a period, in this process. */
export const replay: Command = (api, [planId], parsed) =>
  planId === undefined ? replayTime(api, parsed) : replayPlan(api, planId, parsed);

const replayPlan = async (api: PublicApi, planId: string, parsed: ParsedArguments): Promise<Told> => {
  const option = givenOptions(parsed).find((name) => Object.hasOwn(replayOptions, name));
  if (option !== undefined)
    throw new UsageError(`--${option} is for the replay of a time, not for that of the plan ${planId}`);
  const answer = (await api.send(
    'POST',
    `/capacity/plans/${encodeURIComponent(planId)}/replay`,
  )) as ReplayedPlan;
  return { answer, shown: replayText(answer) };
};

const replayTime = async (api: PublicApi, parsed: ParsedArguments): Promise<Told> => {
  const { texts, lists, numbers, flags } = parsed;
  const policy = readPolicyChanges(lists.get('policy') ?? []);
  // They are made of what is built only when they run.
  const [{ replayPeriod }, { periodReplayText }] = [
    await import('./replay-period.ts'),
    await import('./period-replay.ts'),
  ];
  const question = {
    ...(await readPeriod(api, texts)),
    ...{ policy, cataloguePath: texts.get('catalogue'), split: flags.has('regret') },
    untriedNodes: numbers.get('untried') ?? UNTRIED_NODES,
  };
  const answer = await replayPeriod(question, (text) => console.error(`  ${text}`));
  return { answer, shown: periodReplayText(answer) };
};

const readPeriod = async (api: PublicApi, texts: ReadonlyMap<string, string>) => {
  const { readTraceFile, readTraceText } = await import('../benchmarks/backtest/read-trace-file.ts');
  const path = texts.get('period');
  if (path === undefined) {
    const rows = await fetchRecordedPeriod(api, readSpan(texts, Date.now()));
    return { name: 'recorded', ...readTraceText('recorded', linesOf(rows)) };
  }
  if (texts.has('from') || texts.has('until'))
    throw new UsageError(
      '--period is given beside --from or --until; a file says itself from when until when it is',
    );
  const read = readTraceFile(path, '--period');
  return { ...read, name: read.trace.span.name ?? read.name };
};

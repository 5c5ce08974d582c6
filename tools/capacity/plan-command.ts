import type {
  CapacityDiff,
  OfferExplanation,
  PlanExplanation,
  ReplayedPlan,
  WhatIfAnswer,
} from '@slipway/contracts';
import { openPublicApi, type PublicApi } from '../platform/open-public-api.ts';
import type { FlagKinds, ParsedArguments } from '../terminal/parse-arguments.ts';
import { UsageError } from '../terminal/parse-arguments.ts';
import type {
  ControlAnswer,
  DemandAnswer,
  OffersAnswer,
  PlanAnswer,
  PlansAnswer,
  PlanSummaryAnswer,
} from './plan-answers.ts';
import { commitmentCommands, commitmentHelp, commitmentOptions } from './commitment-commands.ts';
import {
  controlText,
  demandTable,
  offersTable,
  planText,
  plansTable,
  replayText,
  whatIfText,
} from './plan-tables.ts';
import { explainPlanText, explainText } from './explanation-text.ts';
import { need, reasonOf, type Command, type Told } from './command.ts';
import { diffText } from './diff-text.ts';
import { pinCommands, pinHelp, pinOptions } from './pin-commands.ts';
import { hostsTable, type HostsAnswer } from './hosts-table.ts';
import { readLimits } from './read-limits.ts';
import { readFilter, readWhatIf, whatIfOptions } from './read-what-if.ts';

const help = `
  plan                       the newest plan: counts by offer and period, what is late and short, broken rules
  plan show PLAN             one plan; latest and in-force are words for two of them
  plan list                  plans, the newest first
  plan now                   makes one now
  plan diff [PLAN]           what it changes and why, and each step with the hosts that there are and what holds it back;
                             --against PLAN: beside another plan
  plan explain               what rules cost the newest plan, and what one container more would
  plan explain OFFER [PLAN]  why it was bought or not, who else could serve, and at which price that turns
  plan what-if [PLAN]        the same inputs with something else: nothing of it is carried out
      --price FILTER*FACTOR --without FILTER --demand [KEY*]FACTOR --quota ID=LIMIT --guardrail NAME=NUMBER
      --available FILTER*NODES --preemptions FILTER*FACTOR --commit WHAT*NODES@USD; each of them as often as it takes
      a quota is VENDOR/REGION/GPU, and the last of these may be left out; one that does not exist yet is added
      a commitment is WHAT as plan commit has it, and what each node costs per hour in any case
      a filter is vendor=aws,region=us-east-1,gpu=H100,purchase=spot or offer=ID, as many of them as matter
  plan replay PLAN           makes a plan again from its recorded inputs
  plan approve PLAN          puts a plan that waits in force; --without OFFER: but for its change of that offer,
                             which stays as it is for an hour; as often as it takes
  plan reject PLAN           turns it down; --reason TEXT
  plan freeze                nothing is started or stopped; --reason TEXT
  plan resume                takes a freeze back
  plan limit NAME=NUMBER …   guardrails, by the names that plan control shows; NAME=none: as the site has it
  plan exclude FILTER        nothing more is bought of these offers; what is held stays; --reason TEXT
  plan include FILTER        takes an exclusion back
${pinHelp}  plan control               guardrails, floors, exclusions, pins, and why planning fails where it does
  plan offers                what can be bought; --filter FILTER
${commitmentHelp}  plan hosts                 hosts that were asked for, what they cost, and changes that are held back
  plan rejected              rows of catalogues that were left out, and why
  plan demand                what is wanted and what is expected
  plan floor KEY CONTAINERS  containers of a group that are kept ready; 0 takes it away
`;

const options: FlagKinds = {
  against: 'text',
  reason: 'text',
  filter: 'text',
  ...commitmentOptions,
  ...pinOptions,
  ...Object.fromEntries(whatIfOptions.map((option) => [option, 'texts'] as const)),
};

const path = (planId: string, rest = ''): string => `/capacity/plans/${encodeURIComponent(planId)}${rest}`;

const show = async (api: PublicApi, planId: string): Promise<Told> => {
  const answer = (await api.get(path(planId))) as PlanAnswer;
  return { answer, shown: planText(answer) };
};

const summary = (answer: unknown): Told => ({
  answer,
  shown: plansTable({ items: [answer as PlanSummaryAnswer] }),
});

const control = (answer: unknown): Told => ({ answer, shown: controlText(answer as ControlAnswer) });

const commands: Readonly<Record<string, Command>> = {
  show: (api, words) => show(api, need(words, 'the plan')),
  list: async (api) => {
    const answer = (await api.get('/capacity/plans')) as PlansAnswer;
    return { answer, shown: plansTable(answer) };
  },
  now: async (api) => summary(await api.send('POST', '/capacity/plans')),
  diff: async (api, [planId = 'latest'], { texts }) => {
    const against = texts.get('against');
    const query = against === undefined ? '' : `?against=${encodeURIComponent(against)}`;
    const answer = (await api.get(path(planId, `/diff${query}`))) as CapacityDiff;
    return { answer, shown: diffText(answer) };
  },
  explain: async (api, [offerId, planId = 'latest']) => {
    if (offerId === undefined) {
      const answer = (await api.get(path(planId, '/explain'))) as PlanExplanation;
      return { answer, shown: explainPlanText(answer) };
    }
    const query = `/explain?offerId=${encodeURIComponent(offerId)}`;
    const answer = (await api.get(path(planId, query))) as OfferExplanation;
    return { answer, shown: explainText(answer) };
  },
  'what-if': async (api, [planId], { lists }) => {
    const body = { ...(planId === undefined ? {} : { planId }), ...readWhatIf(lists) };
    const answer = (await api.send('POST', '/capacity/what-if', body)) as WhatIfAnswer;
    return { answer, shown: whatIfText(answer) };
  },
  replay: async (api, words) => {
    const answer = (await api.send('POST', path(need(words, 'the plan'), '/replay'))) as ReplayedPlan;
    return { answer, shown: replayText(answer) };
  },
  approve: async (api, words, { lists }) => {
    const without = lists.get('without')?.map((text) => text.replace(/^offer=/, ''));
    const body = without === undefined ? undefined : { without };
    return summary(await api.send('POST', path(need(words, 'the plan'), '/approve'), body));
  },
  reject: async (api, words, parsed) =>
    summary(await api.send('POST', path(need(words, 'the plan'), '/reject'), reasonOf(parsed))),
  freeze: async (api, _words, parsed) =>
    control(await api.send('POST', '/capacity/freeze', reasonOf(parsed))),
  resume: async (api) => control(await api.send('DELETE', '/capacity/freeze')),
  limit: async (api, words) =>
    control(await api.send('PATCH', '/capacity/guardrails', { guardrails: readLimits(words) })),
  exclude: async (api, words, parsed) => {
    const filter = readFilter(need(words, 'what is to be excluded'));
    return control(await api.send('PUT', '/capacity/exclusions', { ...filter, ...reasonOf(parsed) }));
  },
  include: async (api, words) => {
    const query = new URLSearchParams(readFilter(need(words, 'what was excluded')));
    return control(await api.send('DELETE', `/capacity/exclusions?${query.toString()}`));
  },
  control: async (api) => control(await api.get('/capacity/control')),
  offers: async (api, _words, { texts }) => {
    const filter = readFilter(texts.get('filter') ?? '');
    const query = new URLSearchParams({ ...filter, limit: '200' });
    const answer = (await api.get(`/capacity/offers?${query.toString()}`)) as OffersAnswer;
    return { answer, shown: offersTable(answer) };
  },
  hosts: async (api) => {
    const answer = (await api.get('/capacity/hosts')) as HostsAnswer;
    return { answer, shown: hostsTable(answer) };
  },
  rejected: async (api) => {
    const answer = (await api.get('/capacity/rejected-offers?limit=200')) as {
      total: number;
      items: readonly { row: string; rule: string; message: string }[];
    };
    const lines = answer.items.map(({ row, rule, message }) => `${row}  ${rule}: ${message}`);
    return { answer, shown: [...lines, `${answer.items.length} of ${answer.total} rows`].join('\n') };
  },
  demand: async (api) => {
    const answer = (await api.get('/capacity/demand')) as DemandAnswer;
    return { answer, shown: demandTable(answer) };
  },
  ...commitmentCommands,
  ...pinCommands,
  floor: async (api, [demandKey, containers]) => {
    if (demandKey === undefined || containers === undefined || !/^\d+$/.test(containers))
      throw new UsageError('a floor is a group and a whole number of containers');
    return control(await api.send('PUT', '/capacity/floors', { demandKey, containers: Number(containers) }));
  },
};

/** `slipway plan …` */
export const planCommand = {
  help,
  options,
  run: (words: readonly string[], parsed: ParsedArguments): Promise<Told> => {
    const [word, ...rest] = words;
    const api = openPublicApi();
    if (word === undefined) return show(api, 'latest');
    const command = Object.hasOwn(commands, word) ? commands[word] : undefined;
    if (command === undefined)
      throw new UsageError(`plan ${word} is unknown; it can be ${Object.keys(commands).join(', ')}`);
    return command(api, rest, parsed);
  },
};

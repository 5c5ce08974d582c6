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
  PlacementsAnswer,
  PlanSummaryAnswer,
} from './plan-answers.ts';
import {
  controlText,
  demandTable,
  diffText,
  offersTable,
  planText,
  plansTable,
  replayText,
  whatIfText,
} from './plan-tables.ts';
import { explainPlanText, explainText } from './explanation-text.ts';
import { hostsTable, type HostsAnswer } from './hosts-table.ts';
import { placementsLine, placementsText } from './placements-text.ts';
import { planHelp } from './plan-help.ts';
import { readLimits } from './read-limits.ts';
import { readFilter, readWhatIf, whatIfOptions } from './read-what-if.ts';

/** What a command shows a person, and what it shows a program. */
export type Told = Readonly<{ shown: string; answer: unknown }>;
type Command = (api: PublicApi, words: readonly string[], parsed: ParsedArguments) => Promise<Told>;

const options: FlagKinds = {
  against: 'text',
  reason: 'text',
  filter: 'text',
  ...Object.fromEntries(whatIfOptions.map((option) => [option, 'texts'] as const)),
};

const path = (planId: string, rest = ''): string => `/capacity/plans/${encodeURIComponent(planId)}${rest}`;

const need = (words: readonly string[], what: string): string => {
  const [word] = words;
  if (word === undefined) throw new UsageError(`${what} is not named`);
  return word;
};

const reasonOf = ({ texts }: ParsedArguments): { reason: string } => {
  const reason = texts.get('reason');
  if (reason === undefined)
    throw new UsageError('--reason is not given; whoever reads it later wants to know why');
  return { reason };
};

const show = async (api: PublicApi, planId: string): Promise<Told> => {
  const answer = (await api.get(path(planId))) as PlanAnswer;
  return { answer, shown: planText(answer) };
};

const placements = async (api: PublicApi): Promise<PlacementsAnswer> =>
  (await api.get('/capacity/placements')) as PlacementsAnswer;

/** The newest plan, and how it goes to place by it. */
const overview = async (api: PublicApi): Promise<Told> => {
  const { answer, shown } = await show(api, 'latest');
  const { items, ...placed } = await placements(api);
  return {
    answer: { ...(answer as PlanAnswer), placements: { ...placed, items } },
    shown: `${shown}\n\n${placementsLine({ ...placed, items })}`,
  };
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
  approve: async (api, words) => summary(await api.send('POST', path(need(words, 'the plan'), '/approve'))),
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
  placements: async (api) => {
    const answer = await placements(api);
    return { answer, shown: placementsText(answer) };
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
  floor: async (api, [demandKey, containers]) => {
    if (demandKey === undefined || containers === undefined || !/^\d+$/.test(containers))
      throw new UsageError('a floor is a group and a whole number of containers');
    return control(await api.send('PUT', '/capacity/floors', { demandKey, containers: Number(containers) }));
  },
};

/** `slipway plan …` */
export const planCommand = {
  help: planHelp,
  options,
  run: (words: readonly string[], parsed: ParsedArguments): Promise<Told> => {
    const [word, ...rest] = words;
    const api = openPublicApi();
    if (word === undefined) return overview(api);
    const command = Object.hasOwn(commands, word) ? commands[word] : undefined;
    if (command === undefined)
      throw new UsageError(`plan ${word} is unknown; it can be ${Object.keys(commands).join(', ')}`);
    return command(api, rest, parsed);
  },
};

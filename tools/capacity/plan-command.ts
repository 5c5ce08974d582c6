import type { CapacityDiff, OfferExplanation, PlanExplanation, WhatIfAnswer } from '@slipway/contracts';
import { openPublicApi, type PublicApi } from '../platform/open-public-api.ts';
import type { FlagKinds, ParsedArguments } from '../terminal/parse-arguments.ts';
import { UsageError } from '../terminal/parse-arguments.ts';
import type { ControlAnswer, PlacementsAnswer, PlanAnswer, PlanSummaryAnswer } from './plan-answers.ts';
import { controlText, planText, plansTable, whatIfText } from './plan-tables.ts';
import { commitmentCommands, commitmentOptions } from './commitment-commands.ts';
import { diffText } from './diff-text.ts';
import { explainPlanText, explainText } from './explanation-text.ts';
import { need, reasonOf, type Command, type Told } from './command.ts';
import { listCommands } from './list-commands.ts';
import { past, pastBesidePlan } from './past-command.ts';
import { pinCommands, pinOptions } from './pin-commands.ts';
import { placementsLine } from './placements-text.ts';
import { planHelp } from './plan-help.ts';
import { readLimits } from './read-limits.ts';
import { readExplained } from './read-explained.ts';
import { readFilter } from './read-filter.ts';
import { pageOptions } from './read-pages.ts';
import { readWhatIf, whatIfOptions } from './read-what-if.ts';
import { record, recordOptions } from './record-command.ts';
import { replay, replayOptions } from './replay-command.ts';

const options: FlagKinds = {
  against: 'text',
  reason: 'text',
  filter: 'text',
  ...pageOptions,
  ...recordOptions,
  ...replayOptions,
  ...commitmentOptions,
  ...pinOptions,
  ...Object.fromEntries(whatIfOptions.map((option) => [option, 'texts'] as const)),
};

const path = (planId: string, rest = ''): string => `/capacity/plans/${encodeURIComponent(planId)}${rest}`;

const show = async (api: PublicApi, planId: string): Promise<Told> => {
  const answer = (await api.get(path(planId))) as PlanAnswer;
  return { answer, shown: planText(answer) };
};

const placements = async (api: PublicApi): Promise<PlacementsAnswer> =>
  (await api.get('/capacity/placements')) as PlacementsAnswer;

/** The newest plan, how it goes to place by it, and the hours just past. */
const overview = async (api: PublicApi): Promise<Told> => {
  const { answer, shown } = await show(api, 'latest');
  const { items, ...placed } = await placements(api);
  return {
    answer: { ...(answer as PlanAnswer), placements: { ...placed, items } },
    shown: `${shown}\n\n${placementsLine({ ...placed, items })}\n${await pastBesidePlan(api)}`,
  };
};

const summary = (answer: unknown): Told => ({
  answer,
  shown: plansTable({ items: [answer as PlanSummaryAnswer] }),
});

const control = (answer: unknown): Told => ({ answer, shown: controlText(answer as ControlAnswer) });

const commands = {
  ...listCommands,
  show: (api, words) => show(api, need(words, 'the plan')),
  now: async (api) => summary(await api.send('POST', '/capacity/plans')),
  diff: async (api, [planId = 'latest'], { texts }) => {
    const against = texts.get('against');
    const query = against === undefined ? '' : `?against=${encodeURIComponent(against)}`;
    const answer = (await api.get(path(planId, `/diff${query}`))) as CapacityDiff;
    return { answer, shown: diffText(answer) };
  },
  explain: async (api, words) => {
    const { offerId, planId } = readExplained(words);
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
  replay,
  past,
  record,
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
  ...commitmentCommands,
  ...pinCommands,
  floor: async (api, [demandKey, containers]) => {
    if (demandKey === undefined || containers === undefined || !/^\d+$/.test(containers))
      throw new UsageError('a floor is a group and a whole number of containers');
    return control(await api.send('PUT', '/capacity/floors', { demandKey, containers: Number(containers) }));
  },
} satisfies Readonly<Record<string, Command>>;

/** How many words each takes at most. */
const mostWords: Readonly<Record<keyof typeof commands, number>> = {
  ...{ list: 0, offers: 0, rejected: 0, lessons: 0, log: 1, hosts: 0, placements: 0, demand: 0 },
  ...{
    show: 1,
    now: 0,
    diff: 1,
    explain: 2,
    'what-if': 1,
    replay: 1,
    record: 0,
    past: 0,
    approve: 1,
    reject: 1,
  },
  ...{ commitments: 0, commit: 2, uncommit: 1, terms: 1, pin: 1, unpin: 1 },
  ...{ freeze: 0, resume: 0, limit: Infinity, exclude: 1, include: 1, control: 0, floor: 2 },
};

const isCommand = (word: string): word is keyof typeof commands => Object.hasOwn(commands, word);

/** Throws UsageError. */
const commandOf = (word: string, rest: readonly string[]): Command => {
  if (!isCommand(word))
    throw new UsageError(`plan ${word} is unknown; it can be ${Object.keys(commands).join(', ')}`);
  const surplus = rest[mostWords[word]];
  if (surplus !== undefined)
    throw new UsageError(
      `plan ${word} takes ${mostWords[word] === 0 ? 'no words' : `at most ${mostWords[word]}`}; '${surplus}' is one too many`,
    );
  return commands[word];
};

/** `slipway plan …` */
export const planCommand = {
  help: planHelp,
  options,
  run: (words: readonly string[], parsed: ParsedArguments): Promise<Told> => {
    const [word, ...rest] = words;
    const api = openPublicApi();
    return word === undefined ? overview(api) : commandOf(word, rest)(api, rest, parsed);
  },
};

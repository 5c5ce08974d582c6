import type { CapacityDiff, OfferExplanation, PlanExplanation, WhatIfAnswer } from '@slipway/contracts';
import { openPublicApi, type PublicApi } from '../platform/open-public-api.ts';
import { UsageError, type ParsedArguments } from '../terminal/parse-arguments.ts';
import { refuseSurplus, type Usage } from '../terminal/refuse-surplus.ts';
import type { ControlAnswer, PlacementsAnswer, PlanAnswer, PlanSummaryAnswer } from './plan-answers.ts';
import { controlText } from './control-text.ts';
import { plansTable, whatIfText } from './plan-tables.ts';
import { planText } from './plan-text.ts';
import { commitmentCommands } from './commitment-commands.ts';
import { hostCommands } from './host-commands.ts';
import { diffText } from './diff-text.ts';
import { explainPlanText, explainText } from './explanation-text.ts';
import { need, reasonOf, type Command, type Told } from './command.ts';
import { listCommands } from './list-commands.ts';
import { past, pastBesidePlan } from './past-command.ts';
import { pinCommands } from './pin-commands.ts';
import { placementsLine } from './placements-text.ts';
import { planHelp } from './plan-help.ts';
import { readLimits } from './read-limits.ts';
import { readExplained } from './read-explained.ts';
import { readFilter } from './read-filter.ts';
import { readWhatIf } from './read-what-if.ts';
import { record } from './record-command.ts';
import { replay } from './replay-command.ts';
import { planOptions, usages } from './usages.ts';

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
  ...hostCommands,
  floor: async (api, [demandKey, containers]) => {
    if (demandKey === undefined || containers === undefined || !/^\d+$/.test(containers))
      throw new UsageError('a floor is a group and a whole number of containers');
    return control(await api.send('PUT', '/capacity/floors', { demandKey, containers: Number(containers) }));
  },
} satisfies Readonly<Record<string, Command>>;

const usageOf: Readonly<Record<keyof typeof commands, Usage>> = usages;

const isCommand = (word: string): word is keyof typeof commands => Object.hasOwn(commands, word);

/** Throws UsageError. */
const commandOf = (word: string, rest: readonly string[], parsed: ParsedArguments): Command => {
  if (!isCommand(word))
    throw new UsageError(`plan ${word} is unknown; it can be ${Object.keys(commands).join(', ')}`);
  refuseSurplus(`plan ${word}`, usageOf[word], rest, parsed);
  return commands[word];
};

/** `slipway plan …` */
export const planCommand = {
  help: planHelp,
  options: planOptions,
  run: (words: readonly string[], parsed: ParsedArguments): Promise<Told> => {
    const [word, ...rest] = words;
    if (word !== undefined) return commandOf(word, rest, parsed)(openPublicApi(), rest, parsed);
    refuseSurplus('plan', { words: 0 }, [], parsed);
    return overview(openPublicApi());
  },
};

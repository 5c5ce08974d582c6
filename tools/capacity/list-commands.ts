import type { Command } from './command.ts';
import { demandTable } from './demand-table.ts';
import { eventsTable } from './events-table.ts';
import { hostsTable, type HostsAnswer } from './hosts-table.ts';
import { lessonsTable } from './lessons-table.ts';
import { placementsText } from './placements-text.ts';
import type {
  DemandAnswer,
  EventsAnswer,
  LessonsAnswer,
  OffersAnswer,
  PlacementsAnswer,
  PlansAnswer,
  RejectedAnswer,
} from './plan-answers.ts';
import { offersTable, plansTable } from './plan-tables.ts';
import { readFilter } from './read-filter.ts';
import { readPages, shownOf } from './read-pages.ts';

/** What there is: plans, offers, hosts, demand, and what became of them. */
export const listCommands = {
  list: async (api, _words, parsed) => {
    const answer = await readPages<PlansAnswer>(api, '/capacity/plans', {}, parsed);
    const more = answer.nextCursor ? `\n${shownOf(answer, 'plans')}` : '';
    return { answer, shown: `${plansTable(answer)}${more}` };
  },
  offers: async (api, _words, parsed) => {
    const filter = readFilter(parsed.texts.get('filter') ?? '');
    const answer = await readPages<OffersAnswer>(api, '/capacity/offers', filter, parsed);
    return { answer, shown: offersTable(answer) };
  },
  rejected: async (api, _words, parsed) => {
    const answer = await readPages<RejectedAnswer>(api, '/capacity/rejected-offers', {}, parsed);
    const lines = answer.items.map(({ row, rule, message }) => `${row}  ${rule}: ${message}`);
    return { answer, shown: [...lines, shownOf(answer, 'rows')].join('\n') };
  },
  log: async (api, [of], parsed) => {
    const answer = await readPages<EventsAnswer>(
      api,
      '/capacity/events',
      of === undefined ? {} : { of },
      parsed,
    );
    return { answer, shown: eventsTable(answer) };
  },
  lessons: async (api) => {
    const answer = (await api.get('/capacity/lessons')) as LessonsAnswer;
    return { answer, shown: lessonsTable(answer) };
  },
  hosts: async (api, _words, parsed) => {
    const answer = await readPages<HostsAnswer>(api, '/capacity/hosts', {}, parsed);
    return { answer, shown: hostsTable(answer) };
  },
  placements: async (api) => {
    const answer = (await api.get('/capacity/placements')) as PlacementsAnswer;
    return { answer, shown: placementsText(answer) };
  },
  demand: async (api) => {
    const answer = (await api.get('/capacity/demand')) as DemandAnswer;
    return { answer, shown: demandTable(answer) };
  },
} satisfies Readonly<Record<string, Command>>;

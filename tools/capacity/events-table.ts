import { filterText, type OfferFilter } from '@slipway/contracts';
import { renderTable } from '../terminal/table.ts';
import type { EventItem, EventsAnswer } from './plan-answers.ts';
import { shownOf } from './read-pages.ts';

/** What an event is of: a host before the plan that it is started for. */
const subjectOf = ({ hostId, planId, demandKey, commitmentId }: EventItem): string =>
  [hostId, planId, demandKey, commitmentId].find((id) => typeof id === 'string') ?? '-';

const textOf = (name: string, value: unknown): string => {
  if (name === 'filter') return filterText(value as OfferFilter);
  return `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
};

const detailsOf = ({ position: _, at: __, type: ___, ...event }: EventItem): string =>
  Object.entries(event)
    .filter(([, value]) => value !== subjectOf({ position: 0, at: '', type: '', ...event }))
    .map(([name, value]) => textOf(name, value))
    .join(', ');

export const eventsTable = (answer: EventsAnswer): string =>
  answer.items.length === 0
    ? '  Nothing has happened yet.'
    : [
        renderTable(
          ['AT', 'WHAT', 'OF', ''],
          answer.items.map((event) => [
            event.at,
            event.type.replace(/^capacity-/, ''),
            subjectOf(event),
            detailsOf(event),
          ]),
        ),
        shownOf(answer, 'events'),
      ].join('\n');

import { renderTable } from '../terminal/table.ts';
import { count, percent } from './figures.ts';
import type { PlacementsAnswer } from './plan-answers.ts';

/** Who said where containers went, in a line. */
export const placementsLine = ({ containers, notFollowedShare }: PlacementsAnswer): string =>
  notFollowedShare === undefined
    ? 'placed in the last hour: none in which a plan had a say'
    : `placed in the last hour: ${containers.plan} by the plan, ${containers['best-fit']} by best fit (${percent(notFollowedShare)} could not follow it), ${containers['own-machine']} on own machines`;

export const placementsText = (answer: PlacementsAnswer): string =>
  [
    placementsLine(answer),
    ...(answer.items.length === 0
      ? []
      : [
          '',
          renderTable(
            ['COULD NOT FOLLOW', 'BECAUSE', 'CONTAINERS', 'PLANNED ON', 'STANDS ON'],
            answer.items.map(({ demandKey, because, containers, plannedOfferIds, offerId }) => [
              demandKey,
              because,
              count(containers),
              plannedOn(plannedOfferIds),
              offerId ?? 'own machine',
            ]),
          ),
        ]),
  ].join('\n');

const plannedOn = ([first, ...others]: readonly string[]): string =>
  first === undefined ? '-' : `${first}${others.length === 0 ? '' : ` and ${others.length} like it`}`;

import { renderTable } from '../terminal/table.ts';
import { count, dollars } from './figures.ts';
import type { CommitmentsAnswer } from './plan-answers.ts';

type Commitment = CommitmentsAnswer['items'][number];

const coversText = (one: Commitment): string =>
  one.kind === 'spend'
    ? `${dollars(one.coveredMicroUsdPerHour)} an hour of ${one.vendor}'s bill`
    : [`${one.nodes} ×`, one.vendor, one.region ?? 'any region', one.instanceType ?? one.gpuType].join(' ');

const usedText = (one: Commitment): string =>
  one.state === 'in-force'
    ? `${one.kind === 'spend' ? '' : `${count(one.usedNodes)} of ${one.nodes}, `}worth ${dollars(one.usedMicroUsdPerHour)} an hour`
    : '-';

const day = (moment: string): string => (moment.endsWith('T00:00:00.000Z') ? moment.slice(0, 10) : moment);

export const commitmentsTable = ({ items, ...sums }: CommitmentsAnswer): string =>
  items.length === 0
    ? '  Nothing was committed to; plan commit says what was.'
    : [
        renderTable(
          ['COMMITMENT', 'COVERS', 'OFFERS', 'FROM', 'UNTIL', 'STATE', 'USED NOW', 'COSTS AN HOUR', 'BY'],
          items.map((one) => [
            one.commitmentId,
            coversText(one),
            count(one.offers),
            day(one.startsAt),
            day(one.endsAt),
            one.state,
            usedText(one),
            dollars(one.paidMicroUsdPerHour),
            one.recorded.by,
          ]),
        ),
        `${dollars(sums.paidMicroUsdPerHour)} an hour in any case; hosts within them would cost ${dollars(sums.usedMicroUsdPerHour)} an hour at list prices`,
      ].join('\n');

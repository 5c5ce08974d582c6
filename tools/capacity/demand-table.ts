import { renderTable } from '../terminal/table.ts';
import { count, dollars, percent } from './figures.ts';
import type { DemandAnswer } from './plan-answers.ts';

type Group = DemandAnswer['items'][number];
type Period = Group['forecast'][number];

/** Expected, and between which counts it stays most of the time. */
const periodText = ({ expectedContainers, quantiles }: Period): string => {
  const [lowest, highest] = [quantiles[0], quantiles.at(-1)];
  return lowest === undefined || highest === undefined
    ? count(expectedContainers)
    : `${count(expectedContainers)} (${count(lowest.containers)}–${count(highest.containers)})`;
};

/** Idle GPUs that are wanted, and how probably they are not enough. */
const bufferText = (buffer: Group['buffer']): string => {
  if (buffer === undefined) return '-';
  const { gpuType, wantedGpus, shortageProbability } = buffer;
  const chance = shortageProbability === undefined ? '' : `, ${percent(shortageProbability)} short`;
  return `${count(wantedGpus)} ${gpuType}${chance}`;
};

/** What the brackets mean. */
const bandText = (items: readonly Group[]): readonly string[] => {
  const quantiles = items.flatMap(({ forecast }) => forecast[0]?.quantiles ?? []);
  if (quantiles.length === 0) return [];
  const levels = quantiles.map(({ level }) => level);
  const text = (level: number): string => `${count(level * 100)} %`;
  return [
    `forecast by period: expected, in brackets its ${text(Math.min(...levels))} and ${text(Math.max(...levels))} quantile`,
  ];
};

export const demandTable = ({ items }: DemandAnswer): string =>
  items.length === 0
    ? '  Nothing is wanted, and nothing was lately.'
    : [
        renderTable(
          [
            'GROUP',
            'BOUGHT',
            'OWN',
            'LACKING',
            'FLOOR',
            'BUFFER',
            'AN HOUR LATE',
            'AN HOUR WITHOUT',
            'FORECAST',
          ],
          items.map(({ demandKey, wanted, floorContainers, forecast, buffer, waitPrices }) => [
            demandKey,
            count(wanted.bought),
            count(wanted.own),
            count(wanted.lacking),
            String(floorContainers),
            bufferText(buffer),
            waitPrices === undefined ? '-' : dollars(waitPrices.lateMicroUsdPerContainerHour),
            waitPrices === undefined ? '-' : dollars(waitPrices.shortMicroUsdPerContainerHour),
            forecast.map(periodText).join(' '),
          ]),
        ),
        ...bandText(items),
        ...(items.some(({ buffer }) => buffer !== undefined)
          ? ['a buffer is shared by all groups that it is for; plan shows how much of it pays and is there']
          : []),
      ].join('\n');

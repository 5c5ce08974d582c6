import type { CapacityDiff, PlannedStep } from '@slipway/contracts';
import { renderTable } from '../terminal/table.ts';
import { count, dollars, signed } from './figures.ts';
import { changesTable } from './plan-tables.ts';

export const diffText = ({ planId, againstPlanId, changes, steps, ...cost }: CapacityDiff): string =>
  [
    `${planId} against ${againstPlanId ?? 'the fleet when it was made'}: ${dollars(cost.microUsdPerHourBefore)} → ${dollars(cost.microUsdPerHourAfter)} an hour`,
    changesTable(changes),
    ...(againstPlanId === undefined ? ['', ...stepsText(steps)] : []),
  ].join('\n');

const stepsText = (steps: readonly PlannedStep[] | undefined): readonly string[] => {
  if (steps === undefined)
    return ['No step is taken: the plan is neither in force nor waits, or no vendor may be asked here.'];
  if (steps.length === 0) return ['No step is left: the hosts are what the plan says.'];
  const isHeld = steps.some(({ held }) => held !== undefined);
  const touched = steps.filter(({ action }) => action === 'drain' || action === 'stop');
  return [
    'with the hosts that there are now:',
    renderTable(
      ['', 'HOST', 'OFFER', 'CONTAINERS', 'AN HOUR', ...(isHeld ? ['HELD BY'] : []), 'BECAUSE'],
      steps.map((step) => [
        step.action,
        step.hostId ?? `${count(step.nodes)} new`,
        step.offerId,
        step.hostId === undefined ? '-' : count(step.containers),
        signed(step.microUsdPerHour),
        ...(isHeld ? [step.held?.by ?? '-'] : []),
        step.held?.because ?? step.because,
      ]),
    ),
    `${count(touched.reduce((sum, { containers }) => sum + containers, 0))} containers are on hosts that go: a host is given back when they have ended or were moved`,
  ];
};

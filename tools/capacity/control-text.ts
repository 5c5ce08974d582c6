import { filterText, GUARDRAIL_NAMES } from '@slipway/contracts';
import { renderTable } from '../terminal/table.ts';
import { pinText } from './pin-text.ts';
import type { ControlAnswer } from './plan-answers.ts';

/** What operators have said about planning, and how it goes. */
export const controlText = ({
  mode,
  frozen,
  guardrails,
  floors,
  exclusions,
  pins,
  ...state
}: ControlAnswer): string =>
  [
    frozen === undefined ? `planning is ${mode}` : `frozen by ${frozen.by} at ${frozen.at}: ${frozen.reason}`,
    `in force: ${state.inForcePlanId ?? 'no plan'}; newest: ${state.newestPlanId ?? 'no plan'}`,
    ...(state.failing === undefined ? [] : [`no plan since ${state.failing.at}: ${state.failing.because}`]),
    renderTable(
      ['GUARDRAIL', ''],
      GUARDRAIL_NAMES.map((name) => [name, String(guardrails[name] ?? '-')]),
    ),
    ...floors.map(({ demandKey, containers, by }) => `floor: ${containers} of ${demandKey} (${by})`),
    ...exclusions.map(
      ({ filter, at, by, reason }) => `excluded: ${filterText(filter)} by ${by} at ${at}: ${reason}`,
    ),
    ...pins.map(pinText),
  ].join('\n');

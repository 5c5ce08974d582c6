import { demandKeyOf, shapeOfDemandKey, type GuardrailName } from '@slipway/contracts';
import { refuse, type Decision, type Refusal } from '@slipway/kernel';
import type { ControlEvent, FloorSet, Limits } from './control.events.js';
import type { Control } from './control.state.js';

type By = Readonly<{ by: string }>;

/** Freezing what is frozen changes nothing: whoever came first is named. */
export const freeze = (
  control: Control,
  { by, reason }: By & Readonly<{ reason: string }>,
): Decision<ControlEvent> =>
  control.frozen === undefined ? [{ type: 'planning-frozen', data: { by, reason } }] : [];

export const resume = (control: Control, { by }: By): Decision<ControlEvent> =>
  control.frozen === undefined ? [] : [{ type: 'planning-resumed', data: { by } }];

const MOST_FLOOR_CONTAINERS = 100_000;

export const setFloor = (control: Control, floor: FloorSet['data']): Decision<ControlEvent> => {
  const shape = shapeOfDemandKey(floor.demandKey);
  if (shape === undefined)
    return refuse(
      'invalid',
      'demand-key',
      `'${floor.demandKey}' is no demand key; one looks like '${EXAMPLE_KEY}', and the demand view lists those that were seen.`,
    );
  if (!Number.isInteger(floor.containers) || floor.containers < 0 || floor.containers > MOST_FLOOR_CONTAINERS)
    return refuse(
      'invalid',
      'floor',
      `containers is ${floor.containers}; a floor is a whole number from 0 to ${MOST_FLOOR_CONTAINERS}.`,
    );
  if ((control.floors[floor.demandKey]?.containers ?? 0) === floor.containers) return [];
  return [{ type: 'floor-set', data: floor }];
};

const EXAMPLE_KEY = demandKeyOf({
  gpuTypes: ['H100'],
  gpusPerContainer: 1,
  milliCpu: 1_000,
  memoryMiB: 16_384,
  regions: [],
  vendors: [],
  spotTolerated: true,
  latencyClass: 'interactive',
  priority: 'standard',
});

type Rule = Readonly<{ least: number; most: number; whole: boolean }>;

const COUNT: Rule = { least: 0, most: 100_000, whole: true };
const SHARE: Rule = { least: 0, most: 1, whole: false };
const AGE_MS: Rule = { least: 1_000, most: 400 * 86_400_000, whole: true };
const MICRO_USD: Rule = { least: 0, most: Number.MAX_SAFE_INTEGER, whole: true };

const RULES: Readonly<Record<keyof Limits, Rule>> = {
  maxSpendMicroUsdPerHour: MICRO_USD,
  maxSpendMicroUsdPerDay: MICRO_USD,
  maxStartsPerCycle: COUNT,
  maxStopsPerCycle: COUNT,
  maxChangesPerVendorAndCycle: COUNT,
  maxVendorShare: SHARE,
  minNonSpotShare: SHARE,
  approvalAboveMicroUsdPerHour: MICRO_USD,
  maxPriceAgeMs: AGE_MS,
  maxForecastAgeMs: AGE_MS,
  maxFleetAgeMs: AGE_MS,
} satisfies Record<GuardrailName, Rule>;

export const setGuardrails = (control: Control, guardrails: Limits, by: string): Decision<ControlEvent> => {
  const refusal = refuseLimits(guardrails);
  if (refusal !== undefined) return refusal;
  return JSON.stringify(guardrails) === JSON.stringify(control.limits)
    ? []
    : [{ type: 'guardrails-set', data: { guardrails, by } }];
};

/** Some guardrails as they are to be from now on, the others as they stand; null takes the operator's word back. */
export const changeGuardrails = (
  control: Control,
  changes: Readonly<Record<string, number | null>>,
  by: string,
): Decision<ControlEvent> => {
  const unknown = Object.keys(changes)
    .map(refuseLimitName)
    .find((refusal) => refusal !== undefined);
  if (unknown !== undefined) return unknown;
  const guardrails = Object.entries({ ...control.limits, ...changes }).filter(([, value]) => value !== null);
  return setGuardrails(control, Object.fromEntries(guardrails), by);
};

/** Why a name is no guardrail's; undefined where it is one's. */
export const refuseLimitName = (name: string): Refusal | undefined =>
  Object.hasOwn(RULES, name) ? undefined : refuseUnknown(name);

/** Why a guardrail cannot be lifted; undefined where it can: how old what a plan is made from may be is always limited. */
export const refuseLifted = (name: string): Refusal | undefined => {
  const unknown = refuseLimitName(name);
  if (unknown !== undefined || RULES[name as keyof Limits] !== AGE_MS) return unknown;
  const { least, most } = AGE_MS;
  return refuse(
    'invalid',
    'guardrail',
    `${name} is none; it is always limited: give a whole number from ${least} to ${most}.`,
  );
};

/** The first of some limits that is none, or out of its range; undefined where all are right. */
export const refuseLimits = (limits: object): Refusal | undefined =>
  Object.entries(limits)
    .map(([name, value]) => refuseLimit(name, value))
    .find((refusal) => refusal !== undefined);

const refuseLimit = (name: string, value: unknown): Refusal | undefined => {
  const rule = Object.hasOwn(RULES, name) ? RULES[name as keyof Limits] : undefined;
  if (rule === undefined) return refuseUnknown(name);
  const { least, most, whole } = rule;
  if (typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value)))
    return undefined;
  return refuse(
    'invalid',
    'guardrail',
    `${name} is ${JSON.stringify(value)}; it is a ${whole ? 'whole ' : ''}number from ${least} to ${most}.`,
  );
};

const refuseUnknown = (name: string): Refusal =>
  refuse(
    'invalid',
    'guardrail-unknown',
    `There is no guardrail '${name}'; there are ${Object.keys(RULES).join(', ')}.`,
  );

import type { CommitmentTerms, OfferFilter, OfferPin } from '@slipway/contracts';
import type { Instant } from '@slipway/kernel';
import { defaultPolicy, type PlanningPolicy } from '../policy.js';
import type { ControlEvent, Limits } from './control.events.js';
import { isSameFilter } from './same-filter.js';

/** What operators have decided about planning as a whole. */
export type Control = Readonly<{
  frozen?: Readonly<{ at: Instant; by: string; reason: string }>;
  limits: Limits;
  floors: Readonly<Record<string, Readonly<{ containers: number; by: string; note?: string }>>>;
  exclusions: readonly Exclusion[];
  pins: readonly SetPin[];
  commitments: readonly RecordedCommitment[];
}>;

export type Exclusion = Readonly<{ filter: OfferFilter; at: Instant; by: string; reason: string }>;

export type SetPin = Readonly<OfferPin & { at: Instant; by: string; reason: string; planId?: string }>;
export type RecordedCommitment = Readonly<{ terms: CommitmentTerms; at: Instant; by: string }>;

export const initialControl: Control = { limits: {}, floors: {}, exclusions: [], pins: [], commitments: [] };

export const evolveControl = (control: Control, event: ControlEvent, at: Instant): Control => {
  switch (event.type) {
    case 'planning-frozen':
      return { ...control, frozen: { at, ...event.data } };
    case 'planning-resumed': {
      const { frozen: _, ...rest } = control;
      return rest;
    }
    case 'guardrails-set':
      return { ...control, limits: event.data.guardrails };
    case 'floor-set': {
      const { demandKey, ...floor } = event.data;
      const { [demandKey]: _, ...others } = control.floors;
      return { ...control, floors: floor.containers === 0 ? others : { ...others, [demandKey]: floor } };
    }
    case 'offers-excluded':
      return { ...control, exclusions: [...control.exclusions, { at, ...event.data }] };
    case 'exclusion-ended':
      return {
        ...control,
        exclusions: control.exclusions.filter(({ filter }) => !isSameFilter(filter, event.data.filter)),
      };
    case 'offers-pinned':
      return { ...control, pins: [...pinsBeside(control, event.data), { at, ...event.data }] };
    case 'pin-ended':
      return {
        ...control,
        pins: control.pins.filter(({ filter }) => !isSameFilter(filter, event.data.filter)),
      };
    case 'commitment-recorded':
      return { ...control, commitments: [...control.commitments, { at, ...event.data }] };
    case 'commitment-removed':
      return {
        ...control,
        commitments: control.commitments.filter(
          ({ terms }) => terms.commitmentId !== event.data.commitmentId,
        ),
      };
    default:
      return event satisfies never;
  }
};

/** The pins that a new one leaves: what a verdict pins takes no place of what an operator has pinned. */
const pinsBeside = (
  { pins }: Control,
  { filter, planId }: Pick<SetPin, 'filter' | 'planId'>,
): readonly SetPin[] =>
  pins.filter(
    (pin) => !isSameFilter(pin.filter, filter) || (pin.planId === undefined) !== (planId === undefined),
  );

/** The policy that plans are made by: the site's, with what operators have said since. */
export const policyOf = (control: Control, site: PlanningPolicy = defaultPolicy): PlanningPolicy => ({
  ...site,
  guardrails: {
    ...site.guardrails,
    ...control.limits,
    mode: control.frozen === undefined ? site.guardrails.mode : 'frozen',
  },
  ...(control.exclusions.length > 0 && { excluded: control.exclusions.map(({ filter }) => filter) }),
  ...(control.pins.length > 0 && {
    pins: control.pins.map(({ at: _, by: __, reason: ___, planId: ____, ...pin }) => pin),
  }),
});

export const termsOf = ({ commitments }: Control): readonly CommitmentTerms[] =>
  commitments.map(({ terms }) => terms);

export const floorsOf = ({ floors }: Control): ReadonlyMap<string, number> =>
  new Map(Object.entries(floors).map(([demandKey, { containers }]) => [demandKey, containers]));

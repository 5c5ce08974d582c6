import { refuse, type Refusal } from '@slipway/kernel';
import { refuseLifted, refuseLimits } from '../control/control.decide.js';
import type { Guardrails } from '../policy.js';

/** Guardrails with some of them other, or (null) lifted. One that is not set has nothing to lift: its answer would mislead. */
export const changeGuardrails = (
  guardrails: Guardrails,
  changes: Readonly<Record<string, number | null>>,
): Guardrails | Refusal => {
  const given = Object.entries(changes);
  const [lifted, set] = [
    given.filter(([, value]) => value === null),
    given.filter(([, value]) => value !== null),
  ];
  const refusal =
    refuseLimits(Object.fromEntries(set)) ??
    lifted
      .map(([name]) => refuseLifted(name) ?? refuseNotSet(name, guardrails))
      .find((found) => found !== undefined);
  if (refusal !== undefined) return refusal;
  const gone = new Set(lifted.map(([name]) => name));
  const kept = Object.entries(guardrails).filter(([name]) => !gone.has(name));
  return { ...(Object.fromEntries(kept) as Guardrails), ...Object.fromEntries(set) };
};

const refuseNotSet = (name: string, { mode: _, ...guardrails }: Guardrails): Refusal | undefined =>
  Object.hasOwn(guardrails, name)
    ? undefined
    : refuse(
        'not-found',
        'guardrail-not-set',
        `The plan was made without ${name}, so there is none to lift; it was made under ${Object.keys(guardrails).join(', ')}.`,
      );

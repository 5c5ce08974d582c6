import type { RefusedUsage } from '@slipway/contracts';
import { canonicalText, readFact } from '@slipway/billing-core';
import { digestOf } from '../store/digest-of.js';
import { storedForm, type FactToStore } from '../store/stored-form.js';

/** Facts as they came, each read: what a transaction needs of them is worked out before it begins. */
export type CheckedUsage = Readonly<{
  came: readonly unknown[];
  checked: readonly FactToStore[];
  unfit: readonly RefusedUsage[];
}>;

export const checkUsage = (came: readonly unknown[]): CheckedUsage => {
  const checked: FactToStore[] = [];
  const unfit: RefusedUsage[] = [];
  for (const [index, one] of came.entries()) {
    const read = readFact(one);
    if ('fact' in read) {
      const { fact } = read;
      checked.push({ index, fact, digest: digestOf(canonicalText(fact)), ...storedForm(fact) });
    } else unfit.push({ index, ...read });
  }
  return { came, checked, unfit };
};

/** Several questions as one. */
export const joinUsage = (usages: readonly CheckedUsage[]): CheckedUsage => {
  const came: unknown[] = [];
  const checked: FactToStore[] = [];
  const unfit: RefusedUsage[] = [];
  for (const usage of usages) {
    const first = came.length;
    for (const one of usage.checked) checked.push({ ...one, index: first + one.index });
    for (const one of usage.unfit) unfit.push({ ...one, index: first + one.index });
    came.push(...usage.came);
  }
  return { came, checked, unfit };
};

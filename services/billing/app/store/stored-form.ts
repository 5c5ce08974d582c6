import type { UsageFact } from '@slipway/contracts';
import { canonicalText, type CheckedFact } from '@slipway/billing-core';
import { digestOf } from './digest-of.js';
import { splitFact } from './split-fact.js';

/** What is said by all facts of a container, as a text that is the same whoever says it. */
export type SubjectText = Readonly<{ text: string; digest: string }>;

export type StoredForm = Readonly<{ subject: SubjectText; measured: string }>;

/** A fact that was checked, with the texts that are stored of it. */
export type FactToStore = CheckedFact & StoredForm;

export const storedForm = (fact: UsageFact): StoredForm => {
  const { subject, measured } = splitFact(fact);
  return { subject: subjectText(subject), measured: JSON.stringify(measured) };
};

// The facts of one container mostly say the same of it in the same order: that is put in order once.
const known = new Map<string, SubjectText>();
const MOST_KNOWN = 10_000;

const subjectText = (subject: Readonly<Record<string, unknown>>): SubjectText => {
  const asItCame = JSON.stringify(subject);
  const before = known.get(asItCame);
  if (before !== undefined) return before;
  const text = canonicalText(subject);
  const made = { text, digest: digestOf(text) };
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(asItCame, made);
  return made;
};

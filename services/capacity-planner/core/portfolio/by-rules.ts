import { draftByRule, RULES_OF_THUMB } from '../heuristics/rules-of-thumb.js';
import type { Prepared } from '../model/prepared.js';
import { bestStanding, type Candidate } from './candidate.js';

/** What every rule of thumb proposes. */
export const byRules = (prepared: Prepared): readonly Candidate[] =>
  RULES_OF_THUMB.map((rule) => bestStanding(prepared, rule, draftByRule(prepared, rule)));

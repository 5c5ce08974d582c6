import { refuse, type Refusal } from '@slipway/kernel';
import type { SuitePython } from './debian-rule.js';

/** Reads a rule table like `3.11=bookworm,3.13=trixie`. */
export const parseSuites = (text: string): readonly SuitePython[] | Refusal => {
  const suites = text.split(',').map((entry) => {
    const [python = '', suite = ''] = entry.trim().split('=');
    return { python, suite };
  });
  const wrong = suites.find(({ python, suite }) => !/^3\.\d+$/.test(python) || !/^[a-z]+$/.test(suite));
  return wrong
    ? refuse('invalid', 'bad-suites', `'${text}' is not a list like 3.11=bookworm,3.13=trixie`)
    : suites;
};

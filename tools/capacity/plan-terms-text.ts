import type { PlanTerms } from '@slipway/contracts';
import { renderTable } from '../terminal/table.ts';
import { count, dollars, percent } from './figures.ts';
import { termText } from './term-text.ts';

export const planTermsText = ({ planId, horizonMs, terms }: PlanTerms): string => {
  const hours = `${count(horizonMs / 3_600_000)} h`;
  if (terms.length === 0)
    return `  Of what ${planId} holds nothing is on offer for a term that is not committed to already.`;
  return [
    `over the ${hours} of ${planId}, beside buying on demand; a term lasts far longer, and only you know what comes then`,
    renderTable(
      ['NODE', 'MONTHS', 'ON DEMAND', 'TERM', 'PAYS WHEN USED', 'IS USED', 'NODES', `SAVES IN ${hours}`],
      terms.map((term) => [
        [term.vendor, term.region, term.instanceType].join('/'),
        String(term.months),
        dollars(term.onDemandMicroUsdPerNodeHour),
        termText({ ...term, priceMicroUsdPerNodeHour: term.termMicroUsdPerNodeHour }),
        `> ${percent(term.paysAboveShare)}`,
        percent(term.usedShare),
        count(term.nodes),
        dollars(term.savesMicroUsd),
      ]),
    ),
    '~ is a price for planning, which nobody published; plan what-if --commit asks the planner itself',
  ].join('\n');
};

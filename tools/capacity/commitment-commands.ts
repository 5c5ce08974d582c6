import type { PlanTerms } from '@slipway/contracts';
import type { FlagKinds } from '../terminal/parse-arguments.ts';
import { need, type Command, type Told } from './command.ts';
import { commitmentsTable } from './commitments-table.ts';
import type { CommitmentsAnswer } from './plan-answers.ts';
import { planTermsText } from './plan-terms-text.ts';
import { readCommitment } from './read-commitment.ts';

export const commitmentHelp = `\
  plan commitments           what was committed to at vendors, how much of it is used now, and what it costs in any case
  plan commit NAME WHAT      plans count with a commitment that was made at a vendor: what it covers costs nothing more
      WHAT is vendor=aws,region=us-east-1,type=p5.48xlarge (or gpu=H100), any region where none is named, with
      --nodes N --usd PRICE (of each node and hour), --until DAY and, unless it begins now, --from DAY;
      or vendor=aws with --spend USD --usd PRICE: so much of each hour's bill is paid for with that price
  plan uncommit NAME         plans count with it no longer
  plan terms [PLAN]          what each term on offer would save over the plan's horizon; nothing of it is bought
`;

export const commitmentOptions: FlagKinds = {
  nodes: 'number',
  usd: 'text',
  spend: 'text',
  from: 'text',
  until: 'text',
};

const path = (name: string): string => `/capacity/commitments/${encodeURIComponent(name)}`;

const told = (answer: unknown): Told => ({
  answer,
  shown: commitmentsTable(answer as CommitmentsAnswer),
});

export const commitmentCommands = {
  commitments: async (api) => told(await api.get('/capacity/commitments')),
  commit: async (api, [name, what], parsed) =>
    told(
      await api.send(
        'PUT',
        path(need(name === undefined ? [] : [name], 'the commitment')),
        readCommitment(need(what === undefined ? [] : [what], 'what is committed to'), parsed),
      ),
    ),
  terms: async (api, [planId = 'latest']) => {
    const answer = (await api.get(`/capacity/plans/${encodeURIComponent(planId)}/terms`)) as PlanTerms;
    return { answer, shown: planTermsText(answer) };
  },
  uncommit: async (api, words) => told(await api.send('DELETE', path(need(words, 'the commitment')))),
} satisfies Readonly<Record<string, Command>>;

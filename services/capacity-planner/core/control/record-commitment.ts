import type { CommitmentTerms, CommittedTo } from '@slipway/contracts';
import { refuse, type Decision, type Instant, type Refusal } from '@slipway/kernel';
import { MAX_USD_PER_HOUR } from '../catalogue/micro-usd.js';
import type { Offer } from '../catalogue/offer.js';
import { commitmentOf } from '../commitments/commitments-of.js';
import { coveredOffers } from '../commitments/covers.js';
import { refuseCrossing } from '../commitments/refuse-crossing.js';
import type { CommitmentRemoved, ControlEvent } from './control.events.js';
import type { Control } from './control.state.js';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;
const MOST_NODES = 100_000;
const MOST_MICRO_USD = MAX_USD_PER_HOUR * 1_000_000;
const LONGEST_MS = 10 * 366 * 86_400_000;

type Recording = Readonly<{ commitment: CommittedTo; startsAt?: Instant; by: string; at: Instant }>;

/**
 * Plans count with a commitment from now on, or from when it is said to start. The same terms again are no news; other terms under a name that is taken are refused,
 * as is one of which it would be unclear whether it or another one pays for a host.
 */
export const recordCommitment = (
  control: Control,
  { commitment, startsAt, by, at }: Recording,
  offers: readonly Offer[],
): Decision<ControlEvent> => {
  const { commitmentId } = commitment;
  const known = control.commitments.find((one) => one.terms.commitmentId === commitmentId);
  const terms = { ...commitment, startsAt: startsAt ?? known?.terms.startsAt ?? Math.round(at) };
  if (known !== undefined && isSame(known.terms, terms)) return [];
  return (
    (known === undefined ? undefined : refuseTaken(commitmentId)) ??
    refuseTerms(terms, at) ??
    refuseNothingCovered(terms, offers) ??
    refuseCrossing(
      commitmentOf(terms, offers),
      coverText(terms),
      control.commitments.map((one) => commitmentOf(one.terms, offers)),
    ) ?? [{ type: 'commitment-recorded', data: { terms, by } }]
  );
};

export const removeCommitment = (
  { commitments }: Control,
  { commitmentId, by }: CommitmentRemoved['data'],
): Decision<ControlEvent> => {
  const known = commitments.map(({ terms }) => terms.commitmentId);
  if (known.includes(commitmentId)) return [{ type: 'commitment-removed', data: { commitmentId, by } }];
  const there = known.map((name) => `'${name}'`).join(', ');
  return refuse(
    'not-found',
    'no-such-commitment',
    `There is no commitment '${commitmentId}'; there ${there === '' ? 'is none' : `are ${there}`}.`,
  );
};

const isSame = (one: CommitmentTerms, other: CommitmentTerms): boolean =>
  JSON.stringify(sortedFields(one)) === JSON.stringify(sortedFields(other));

const sortedFields = (terms: CommitmentTerms): readonly (readonly [string, unknown])[] =>
  Object.entries(terms)
    .filter(([, value]) => value !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

const invalid = (name: string, value: unknown, right: string): Refusal =>
  refuse('invalid', 'commitment', `${name} is ${JSON.stringify(value) ?? 'not given'}; it is ${right}.`);

const refuseTaken = (commitmentId: string): Refusal =>
  refuse(
    'conflict',
    'commitment-exists',
    `There is a commitment '${commitmentId}' with other terms already; remove it first, or give this one another name.`,
  );

const refuseTerms = (terms: CommitmentTerms, at: Instant): Refusal | undefined => {
  const { commitmentId, vendor, startsAt, endsAt } = terms;
  if (!NAME.test(commitmentId))
    return invalid('commitmentId', commitmentId, 'a name of letters, digits, dots, hyphens and underscores');
  if (!NAME.test(vendor)) return invalid('vendor', vendor, "a vendor's name, as plan offers shows it");
  const term = (['startsAt', 'endsAt'] as const).find((name) => !Number.isSafeInteger(terms[name]));
  if (term !== undefined) return invalid(term, terms[term], 'a moment');
  const text = (moment: Instant): string => new Date(moment).toISOString();
  if (endsAt <= startsAt) return invalid('endsAt', text(endsAt), `later than startsAt, ${text(startsAt)}`);
  if (endsAt <= at) return invalid('endsAt', text(endsAt), `later than now, ${text(at)}`);
  if (endsAt - startsAt > LONGEST_MS)
    return invalid('endsAt', text(endsAt), 'at most ten years after startsAt');
  return terms.kind === 'nodes' ? refuseNodes(terms) : refuseSpend(terms);
};

const refuseNodes = (terms: Extract<CommitmentTerms, { kind: 'nodes' }>): Refusal | undefined => {
  if (terms.instanceType === undefined && terms.gpuType === undefined)
    return refuse(
      'invalid',
      'commitment',
      'Neither instanceType nor gpuType is given; a commitment of nodes names one of them.',
    );
  if (!isWhole(terms.nodes, 1, MOST_NODES))
    return invalid('nodes', terms.nodes, `a whole number from 1 to ${MOST_NODES}`);
  return refuseMoney('priceMicroUsdPerNodeHour', terms.priceMicroUsdPerNodeHour, 0);
};

const refuseSpend = (terms: Extract<CommitmentTerms, { kind: 'spend' }>): Refusal | undefined =>
  refuseMoney('coveredMicroUsdPerHour', terms.coveredMicroUsdPerHour, 1) ??
  refuseMoney('priceMicroUsdPerHour', terms.priceMicroUsdPerHour, 0);

const refuseMoney = (name: string, value: number, least: number): Refusal | undefined =>
  isWhole(value, least, MOST_MICRO_USD)
    ? undefined
    : invalid(name, value, `a whole number of micro-dollars from ${least} to ${MOST_MICRO_USD}`);

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

const refuseNothingCovered = (terms: CommitmentTerms, offers: readonly Offer[]): Refusal | undefined =>
  coveredOffers(terms, offers).length > 0
    ? undefined
    : refuse(
        'not-found',
        'no-such-offer',
        `No offer of the catalogue is covered by '${coverText(terms)}'; spot never is, and plan offers shows what there is.`,
      );

/** Which offers it covers, as a person gave it: `vendor=x,gpu=H100`. */
export const coverText = (terms: CommitmentTerms): string =>
  [
    ['vendor', terms.vendor],
    ...(terms.kind === 'nodes'
      ? [
          ['region', terms.region],
          ['type', terms.instanceType],
          ['gpu', terms.gpuType],
        ]
      : []),
  ]
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');

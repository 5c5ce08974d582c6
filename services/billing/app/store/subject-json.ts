import type { ChargeSubject, Price, Ratio } from '@slipway/billing-core';
import { parseRatio, ratioText } from '@slipway/billing-core';
import { accepted } from '@slipway/kernel';

type PriceJson = Omit<Price, 'nanoUsdPerUnit' | 'region' | 'nonPreemptible' | 'discount'> &
  Readonly<{ nanoUsdPerUnit: string; region: string; nonPreemptible: string; discount: string }>;

/** A charge's subject as a table keeps it: JSON knows no big integers. */
export type SubjectJson = Omit<ChargeSubject, 'price'> & Readonly<{ price: PriceJson }>;

export const subjectToJson = ({ price, ...subject }: ChargeSubject): SubjectJson => ({
  ...subject,
  price: {
    ...price,
    nanoUsdPerUnit: String(price.nanoUsdPerUnit),
    region: ratioText(price.region),
    nonPreemptible: ratioText(price.nonPreemptible),
    discount: ratioText(price.discount),
  },
});

export const subjectFromJson = ({ price, ...subject }: SubjectJson): ChargeSubject => ({
  ...subject,
  price: {
    ...price,
    nanoUsdPerUnit: BigInt(price.nanoUsdPerUnit),
    region: ratio(price.region),
    nonPreemptible: ratio(price.nonPreemptible),
    discount: ratio(price.discount),
  },
});

const ratio = (text: string): Ratio => accepted(parseRatio('a stored ratio', text));

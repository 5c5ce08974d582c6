import { subjectKey } from '../charges/charge.js';
import { idOf } from '../invoices/invoice.js';
import { dayOf, hourlyUse, periodAt, type ExportedCharge, type ExportedUse } from './exported-charge.js';

/**
 * Adds the hours of a day up. Charges come in the order of day, workspace, environment, resource and SKU, so that only those of
 * one of these are in memory at a time; amounts were rounded by the charge and are only added.
 */
export async function* dailyUses(charges: AsyncIterable<ExportedCharge>): AsyncGenerator<ExportedUse> {
  let group = '';
  let uses = new Map<string, ExportedUse>();
  for await (const exported of charges) {
    const key = groupOf(exported);
    if (key !== group) {
      yield* uses.values();
      uses = new Map();
      group = key;
    }
    add(uses, exported);
  }
  yield* uses.values();
}

const groupOf = ({ charge: { subject } }: ExportedCharge): string =>
  JSON.stringify([
    dayOf(subject.hour),
    subject.workspaceId,
    subject.environment,
    idOf(subject.resource),
    subject.price.sku,
  ]);

const add = (uses: Map<string, ExportedUse>, exported: ExportedCharge): void => {
  const { subject } = exported.charge;
  const { chargeId: _, ...use } = hourlyUse(exported);
  const key = subjectKey({ ...subject, hour: 0 });
  const sum = uses.get(key);
  uses.set(
    key,
    sum === undefined
      ? { ...use, ...periodAt(subject.hour, 'daily') }
      : {
          ...sum,
          quantity: sum.quantity + use.quantity,
          listMicroUsd: sum.listMicroUsd + use.listMicroUsd,
          billedMicroUsd: sum.billedMicroUsd + use.billedMicroUsd,
        },
  );
};

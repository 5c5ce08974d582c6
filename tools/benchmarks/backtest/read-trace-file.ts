import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import {
  emptyCatalogue,
  faultText,
  readCsv,
  readTrace,
  refreshCatalogue,
  type Offer,
  type Quota,
  type RowFault,
  type Trace,
} from '@slipway/capacity-planner-core';
import { readYaml } from '../../../services/capacity-planner/app/catalogue/read-yaml.ts';
import { UsageError } from '../../terminal/parse-arguments.ts';

/** So many faults are told one by one. */
const TOLD_FAULTS = 20;

/** A trace and its name, and what was left out of it. Throws where the file cannot be read, or nothing in it can. */
export const readTraceFile = (
  path: string,
  option = '--trace',
): Readonly<{ name: string; trace: Trace; notes: readonly string[] }> => {
  const file = basename(path);
  return { name: basename(path, extname(path)), ...readTraceText(file, textOf(path, option)) };
};

/** The same of a text, such as what a site has recorded. */
export const readTraceText = (
  file: string,
  text: string,
): Readonly<{ trace: Trace; notes: readonly string[] }> => {
  const { trace, rows, leftOut, faults } = readTrace(file, text, Date.now());
  if (rows === leftOut) throw new Error([`no row of ${file} can be read`, ...told(faults)].join('\n  '));
  return {
    trace,
    notes: leftOut === 0 ? [] : [`${leftOut} of ${rows} rows of ${file} are left out`, ...told(faults)],
  };
};

export type CatalogueFile = Readonly<{
  offers: readonly Offer[];
  quotas: readonly Quota[];
  notes: readonly string[];
}>;

/** The offers of a catalogue in CSV or YAML, by the rules that the planner reads its own by. */
export const readCatalogueFile = (path: string): CatalogueFile => {
  const file = basename(path);
  const read = /\.ya?ml$/.test(path) ? readYaml : readCsv;
  const { rows, faults } = read(file, textOf(path, '--catalogue'));
  const { catalogue, faults: wrong } = refreshCatalogue(emptyCatalogue, { rows, at: Date.now() });
  const all = [...faults, ...wrong];
  const offers = [...catalogue.offers.values()];
  if (offers.length === 0) throw new Error([`no offer of ${file} can be read`, ...told(all)].join('\n  '));
  return {
    offers,
    quotas: catalogue.quotas,
    notes:
      all.length === 0
        ? []
        : [`${all.length} mistakes in ${file}, whose rows or prices are left out`, ...told(all)],
  };
};

const told = (faults: readonly RowFault[]): readonly string[] => [
  ...faults.slice(0, TOLD_FAULTS).map(faultText),
  ...(faults.length > TOLD_FAULTS ? [`and ${faults.length - TOLD_FAULTS} more`] : []),
];

const textOf = (path: string, option: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as { code?: string };
    throw new UsageError(`${option} is ${path}, which cannot be read (${code ?? String(error)})`);
  }
};

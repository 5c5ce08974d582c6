import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { readCsv, type Row, type RowFault, type RowsRead } from '@slipway/capacity-planner-core';
import { readYaml } from './read-yaml.js';

const READERS: Readonly<Record<string, (file: string, text: string) => RowsRead>> = {
  '.csv': readCsv,
  '.yaml': readYaml,
  '.yml': readYaml,
};

/** The rows of all catalogue files of a folder, in the order of their names; a file that cannot be read is a fault of its own. */
export const readCatalogueFolder = async (folder: string): Promise<RowsRead> => {
  const rows: Row[] = [];
  const faults: RowFault[] = [];
  for (const file of (await readdir(folder)).toSorted()) {
    const read = READERS[extname(file)];
    if (read === undefined) continue;
    try {
      const found = read(file, await readFile(join(folder, file), 'utf8'));
      for (const row of found.rows) rows.push(row);
      for (const fault of found.faults) faults.push(fault);
    } catch (error) {
      faults.push({
        file,
        line: 0,
        field: 'file',
        value: String(error),
        expected: 'a file that can be read',
      });
    }
  }
  return { rows, faults };
};

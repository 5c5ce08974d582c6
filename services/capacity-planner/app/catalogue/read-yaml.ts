import { KNOWN_FIELDS, type Row, type RowFault, type RowsRead } from '@slipway/capacity-planner-core';
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';

/**
 * Reads rows from YAML: `offers:` is a list of mappings with the columns of a catalogue; `defaults:` stands for what a row leaves
 * out. Values are taken as they were written, so that a price stays exact.
 */
export const readYaml = (file: string, text: string): RowsRead => {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const lineOf = (node: Node | null): number => counter.linePos(node?.range?.[0] ?? 0).line;
  const whole = (line: number, value: string, expected: string): RowFault => ({
    ...{ file, line, field: 'file', value, expected },
  });
  const [error] = document.errors;
  if (error !== undefined)
    return {
      rows: [],
      faults: [
        whole(counter.linePos(error.pos[0]).line, error.code, `YAML: ${error.message.split('\n')[0]}`),
      ],
    };
  const offers = document.get('offers', true) as Node | undefined;
  if (!isSeq(offers))
    return { rows: [], faults: [whole(1, 'no offers', 'a mapping with the list `offers`')] };
  const faults: RowFault[] = [];
  const defaults = fieldsOf(document.get('defaults', true) as Node | undefined, () => undefined);
  const rows = offers.items.map((item): Row => {
    const line = lineOf(item as Node);
    const unknown = (field: string): void =>
      void faults.push({ file, line, field, value: '', expected: `one of ${KNOWN_FIELDS.join(', ')}` });
    return { file, line, fields: { ...defaults, ...fieldsOf(item as Node, unknown) } };
  });
  return { rows, faults };
};

const fieldsOf = (node: Node | undefined, unknown: (field: string) => void): Record<string, string> => {
  const fields: Record<string, string> = {};
  if (!isMap(node)) return fields;
  for (const { key, value } of node.items) {
    const name = String(isScalar(key) ? key.value : key);
    if (!KNOWN_FIELDS.includes(name)) unknown(name);
    else if (isScalar(value))
      fields[name] = value.value === null ? '' : (value.source ?? String(value.value));
    else unknown(name);
  }
  return fields;
};

/** A JSON text that is the same for equal values, in whatever order their fields came. `value` is what JSON can say. */
export const canonicalText = (value: unknown): string => {
  // Written out by hand: every fact that comes is brought into this form.
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const fields = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const [name, label] of labelsOf(Object.keys(fields))) {
    const field = fields[name];
    if (field !== undefined) text += `${text === '' ? '' : ','}${label}${canonicalText(field)}`;
  }
  return `{${text}}`;
};

type Labels = readonly (readonly [name: string, label: string])[];

/** In order. Of objects with the same fields, and facts are such, they are worked out once. */
const labelsOf = (names: readonly string[]): Labels => {
  const key = names.join();
  const known = KNOWN.get(key);
  if (known?.names.length === names.length && known.names.every((name, index) => name === names[index]))
    return known.labels;
  const labels = names.toSorted().map((name) => [name, `${JSON.stringify(name)}:`] as const);
  if (KNOWN.size < MOST_KNOWN) KNOWN.set(key, { names, labels });
  return labels;
};

const KNOWN = new Map<string, Readonly<{ names: readonly string[]; labels: Labels }>>();
const MOST_KNOWN = 1_000;

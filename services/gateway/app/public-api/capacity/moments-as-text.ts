const MOMENT = /(^at|At|^from|From|^until)$/;

/** A value with its moments as RFC 3339 texts, as `/v1` shows them; a moment is a number whose name ends in `at` or `from`, or is `until`. */
export const momentsAsText = (value: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shown(name, field)]));

const shown = (name: string, field: unknown): unknown => {
  if (typeof field === 'number') return MOMENT.test(name) ? new Date(field).toISOString() : field;
  if (Array.isArray(field))
    return field.map((item: unknown) =>
      typeof item === 'object' && item !== null ? momentsAsText(item) : item,
    );
  return typeof field === 'object' && field !== null ? momentsAsText(field) : field;
};

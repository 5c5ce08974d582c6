/**
 * A value as PostgreSQL takes it in JSON (SQLSTATE 22P05 and 22P02 otherwise): in its texts and names zero bytes are left out and
 * halves of surrogate pairs are U+FFFD. One that is so already is answered as it is.
 */
export const storable = <Value>(value: Value): Value =>
  isStorable(value) ? value : (mended(value) as Value);

/** Whether no text in a value, nor the name of a field, has a zero byte or half of a surrogate pair. */
export const isStorable = (value: unknown): boolean => {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Array.isArray(value)
    ? value.every(isStorable)
    : Object.entries(value).every(([name, field]) => isStorable(name) && isStorable(field));
};

const mended = (value: unknown): unknown => {
  if (typeof value === 'string') return mendedText(value);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value)
    ? value.map(mended)
    : Object.fromEntries(Object.entries(value).map(([name, field]) => [mendedText(name), mended(field)]));
};

const mendedText = (text: string): string => text.replaceAll('\0', '').toWellFormed();

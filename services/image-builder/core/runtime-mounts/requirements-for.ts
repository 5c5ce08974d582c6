const ORDER: Readonly<Record<string, (comparison: number) => boolean>> = {
  '<': (comparison) => comparison < 0,
  '<=': (comparison) => comparison <= 0,
  '==': (comparison) => comparison === 0,
  '!=': (comparison) => comparison !== 0,
  '>=': (comparison) => comparison >= 0,
  '>': (comparison) => comparison > 0,
};

/** Compares dotted numbers part by part. */
export const compareVersions = (a: string, b: string): number => {
  const [left, right] = [a, b].map((version) =>
    version.split(/[.+-]/).map((part) => Number.parseInt(part, 10) || 0),
  );
  for (let index = 0; index < Math.max(left?.length ?? 0, right?.length ?? 0); index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/**
 * The pins of a requirements list (`name==version ; python_version < "3.14"`) that count for a Python series.
 * An installer judges such markers by the Python that it runs on, which is not the one that they are meant for.
 */
export const requirementsFor = (list: string, python: string): readonly string[] =>
  list
    .split('\n')
    .map((line) => line.replace(/\s#.*$|^#.*$/, '').trim())
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [pin = '', marker] = line.split(';').map((part) => part.trim());
      return marker === undefined || markerHolds(marker, python.replace(/t$/, ''))
        ? [pin.replaceAll(' ', '')]
        : [];
    });

const markerHolds = (marker: string, python: string): boolean =>
  marker.split(/\s+and\s+/).every((clause) => {
    const [, operator = '', version = ''] =
      /^python_(?:full_)?version\s*(<=|>=|==|!=|<|>)\s*["']([\d.]+)["']$/.exec(clause) ?? [];
    // A marker about something else than the Python version: keep the pin, the installer will judge it.
    return ORDER[operator]?.(compareVersions(python, version)) ?? true;
  });

/**
 * The same for a list with hashes, as pip-compile writes it: a pin, its marker, then its hashes on lines that are continued.
 */
export const hashedRequirementsFor = (list: string, python: string): string =>
  list
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.replace(/#.*$/, '').trim())
    .flatMap((line) => {
      const [pinned = '', ...hashes] = line.split(/\s+(?=--hash=)/);
      return requirementsFor(pinned, python).map((pin) => [pin, ...hashes].join(' '));
    })
    .join('\n');

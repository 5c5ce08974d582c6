/** Image builder versions that any supported client knows. */
export const DEFAULT_BUILDER_VERSION = '2025.06';

const NEWEST = '2026.10';
const NEWEST_SINCE = [1, 6, 3] as const;

const atLeast = (version: string | undefined, wanted: readonly number[]): boolean => {
  const parts = (version ?? '').split('.').map((part) => Number.parseInt(part, 10));
  for (const [index, least] of wanted.entries()) {
    const part = parts[index];
    if (part === undefined || Number.isNaN(part)) return false;
    if (part !== least) return part > least;
  }
  return true;
};

/**
 * The builder version that an environment is said to have: a client refuses one that it does not know,
 * so the newest is named only to clients since 1.6.3, and only in an environment that is set to it.
 */
export const builderVersionFor = (wanted: string | undefined, clientVersion: string | undefined): string =>
  wanted === NEWEST && !atLeast(clientVersion, NEWEST_SINCE)
    ? DEFAULT_BUILDER_VERSION
    : (wanted ?? DEFAULT_BUILDER_VERSION);

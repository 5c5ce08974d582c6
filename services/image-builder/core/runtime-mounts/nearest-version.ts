import { compareVersions } from './requirements-for.js';

/** Of the versions that an index has, the one to take for a pin that it has not: the newest before it, else the oldest after it. */
export const nearestVersion = (wanted: string, available: readonly string[]): string | undefined => {
  const sorted = available.filter((version) => /^\d+(\.\d+)*$/.test(version)).toSorted(compareVersions);
  return sorted.findLast((version) => compareVersions(version, wanted) < 0) ?? sorted[0];
};

/** So many of a pool's groups are named. */
const MOST_NAMED = 2;

/** What a rule about a buffer is about: its GPU type, and whom it is for where it is not for all that favour it. */
export const bufferSubject = ({
  gpuType,
  groupIds,
}: Readonly<{ gpuType: string; groupIds?: readonly string[] }>): string => {
  if (groupIds === undefined) return gpuType;
  const unnamed = groupIds.length - MOST_NAMED;
  const named = groupIds.slice(0, MOST_NAMED).join(', ');
  return `${gpuType} for ${named}${unnamed > 0 ? ` and ${unnamed} more` : ''}`;
};

/** How long the token lives that somebody's own token gives: as asked, but no longer than its own whole life. Undefined: without end. */
export const lifeOfToken = (
  askedMs: number | undefined,
  own: Readonly<{ createdAt: number; expiresAt?: number }>,
): number | undefined => {
  if (own.expiresAt === undefined) return askedMs;
  const mostMs = own.expiresAt - own.createdAt;
  return askedMs === undefined ? mostMs : Math.min(askedMs, mostMs);
};

/** What is kept is damaged, or of another shape than it has now: asking again gives the same. */
export class UnreadableError extends Error {
  override name = 'UnreadableError';
}

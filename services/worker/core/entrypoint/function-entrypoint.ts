import type { ImageConfig, TaskAssignment } from '@slipway/contracts';

/**
 * What of its image is run first and given a function's program as its arguments, as `docker run` does and Modal with it.
 * A sandbox's program, and the server that an image is, have the ENTRYPOINT among their own words.
 */
export const functionEntrypoint = (
  { program, web }: Pick<TaskAssignment, 'program' | 'web'>,
  { entrypoint = [] }: ImageConfig,
): readonly string[] => (program !== undefined || web?.startedBy === 'image' ? [] : entrypoint);

/** What a person is told when nothing was heard of the program behind an ENTRYPOINT. */
export const silentEntrypointHint = (entrypoint: readonly string[]): string =>
  `the image's ENTRYPOINT ${JSON.stringify(entrypoint)} is run first, with the function's program as its arguments, ` +
  `and has to exec them (exec "$@" in a script): Image.entrypoint([]) takes it away`;

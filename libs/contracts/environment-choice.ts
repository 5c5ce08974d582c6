/** Some of a workspace's environments: those that are named, or all but those. */
export type EnvironmentChoice = Readonly<{ only: readonly string[] } | { allBut: readonly string[] }>;

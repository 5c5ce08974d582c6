/** Some of a workspace's environments: those that are named, or all but those. */
export type EnvironmentChoice = Readonly<{ only: readonly string[] } | { allBut: readonly string[] }>;

export const isAmong = (environment: string, choice: EnvironmentChoice): boolean =>
  'only' in choice ? choice.only.includes(environment) : !choice.allBut.includes(environment);

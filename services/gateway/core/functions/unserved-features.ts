/** The parts of a definition that this platform accepts but does not act on yet. */
export type FeatureRequest = Readonly<{
  functionName: string;
  schedule?: unknown;
  checkpointingEnabled: boolean;
}>;

/** One sentence for each thing that a user asked for and will not get, shown by the client when it deploys. */
export const unservedFeatures = (request: FeatureRequest): readonly string[] => [
  ...(request.schedule === undefined
    ? []
    : [`The schedule of '${request.functionName}' is kept but not run: this server has no scheduled calls.`]),
  ...(request.checkpointingEnabled
    ? [`'${request.functionName}' starts without a memory snapshot: this server makes none.`]
    : []),
];

/** The parts of a definition that this platform accepts but does not act on yet. */
export type FeatureRequest = Readonly<{
  functionName: string;
  checkpointingEnabled: boolean;
  routingRegion: string;
}>;

/** One sentence for each thing that a user asked for and will not get, shown by the client when it deploys. */
export const unservedFeatures = (request: FeatureRequest): readonly string[] => [
  ...(request.checkpointingEnabled
    ? [`'${request.functionName}' starts without a memory snapshot: this server makes none.`]
    : []),
  ...(request.routingRegion === ''
    ? []
    : [
        `routing_region='${request.routingRegion}' of '${request.functionName}' changes nothing: this server routes every input itself. region says where containers run.`,
      ]),
];

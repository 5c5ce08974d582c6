import type { Stage } from './split-stages.js';

/** The stages that the last one stands on or copies from, and itself, in their order: `docker build` builds no others. */
export const reachedStages = (stages: readonly Stage[]): readonly Stage[] => {
  const reached = new Set<Stage>();
  const reach = (stage: Stage | undefined): void => {
    if (stage === undefined || reached.has(stage)) return;
    reached.add(stage);
    for (const name of [stage.base, ...copiedFrom(stage)])
      reach(stageNamed(name, stages.slice(0, stage.index)));
  };
  reach(stages.at(-1));
  return stages.filter((stage) => reached.has(stage));
};

/** What the `--from` flags of a stage name. */
export const copiedFrom = ({ instructions }: Stage): readonly string[] =>
  instructions.flatMap(({ flags }) => flags.filter(({ name }) => name === 'from').map(({ value }) => value));

const stageNamed = (name: string, before: readonly Stage[]): Stage | undefined =>
  before.findLast((stage) => stage.name === name.toLowerCase() || String(stage.index) === name);

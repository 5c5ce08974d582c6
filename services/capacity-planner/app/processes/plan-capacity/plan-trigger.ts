/** What a plan is made for by itself: its time has come, or something is other than what the newest plan was made from. */
const BY_ITSELF = ['cycle', 'demand', 'could-not-follow', 'fleet', 'control', 'pin-ended'] as const;

export type PlanNews = (typeof BY_ITSELF)[number];

/** As it stands with a plan: plans that a person asked for name them. */
export const askedForBy = (by: string): string => `asked for by ${by}`;

/** The kind of a plan's trigger, one of a few: metrics have a series for each of them. */
export const kindOfTrigger = (trigger: string): PlanNews | 'asked-for' =>
  BY_ITSELF.find((news) => news === trigger) ?? 'asked-for';

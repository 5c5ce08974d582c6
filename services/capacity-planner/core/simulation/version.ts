/**
 * The simulator's version, written into every outcome. Outcomes of different versions are not comparable: whoever changes what a
 * run costs (the worlds, the placing, the accounts) raises it.
 */
export const SIMULATOR_VERSION = 1;

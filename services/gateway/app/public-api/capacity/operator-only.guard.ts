import { operatorsMay } from '../operators-may.js';

/** Machines and money are the operators'. */
export const OperatorOnly = operatorsMay("see and decide about the site's capacity");

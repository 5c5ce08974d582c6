import type { Refusal } from './refusal.js';

/** What a decider answers: the events that follow from the command, or why there are none. */
export type Decision<Event> = readonly Event[] | Refusal;

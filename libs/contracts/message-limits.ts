/**
 * What a list in one message holds at most, as JSON; the rest follows with the next. A message of more than 8 MB is refused by the bus
 * (`max_payload` in infra/nats/nats.conf).
 */
export const MOST_LISTED_BYTES = 4 * 1024 * 1024;

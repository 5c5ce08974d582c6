/** What the bus must take in one message (`max_payload` in infra/nats/nats.conf). A server's own default is 1 MB. */
export const MESSAGE_BYTES = 8_000_000;

/**
 * What a list in one message holds at most, as JSON; the rest follows with the next. A message of more than `MESSAGE_BYTES` may be refused
 * by the bus.
 */
export const MOST_LISTED_BYTES = 4 * 1024 * 1024;

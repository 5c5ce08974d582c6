/** How long an ephemeral object lives on after its last heartbeat; clients send one each five minutes. */
export const EPHEMERAL_LIFE_MS = 15 * 60_000;

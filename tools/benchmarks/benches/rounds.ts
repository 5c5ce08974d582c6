/** How often ours and a baseline are measured in turns. */
export const rounds = { quick: 2, full: 3 } as const;

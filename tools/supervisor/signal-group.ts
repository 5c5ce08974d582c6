/** Sends a signal to a process group, which may be gone already. */
export const signalGroup = (leader: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-leader, signal);
  } catch {
    // Gone: what the signal was for has happened.
  }
};

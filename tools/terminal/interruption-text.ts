export type Interruptible = Readonly<{
  name: string;
  /** Undoes what an interrupted run has half done. */
  onInterrupt?: () => Promise<void>;
  /** What of it goes on elsewhere, such as "what was asked of the site goes on there". */
  goesOn?: string;
}>;

/** What a command says when it is interrupted: that it was, and what becomes of what it had begun where that is known. */
export const interruptionText = ({ name, onInterrupt, goesOn }: Interruptible): string =>
  [
    `${name}: interrupted`,
    ...(onInterrupt === undefined ? [] : ['what it had begun is taken back']),
    ...(goesOn === undefined ? [] : [goesOn]),
  ].join('; ');

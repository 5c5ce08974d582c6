/** One thing that was looked at: what is there, and what follows from it. */
export type Finding = Readonly<{
  area: 'user' | 'kernel' | 'runtime' | 'gpu' | 'resources' | 'ports' | 'names';
  name: string;
  verdict: 'good' | 'fallback' | 'missing';
  found: string;
  /** Why it matters, and what is used in its place. */
  meaning: string;
}>;

type Program = Readonly<{ taskId: string; execId: string }>;

/** Which outputs of programs are on their way to clients: some clients end when they hear the exit code, whatever they have not read yet. */
export class OutputsUnderWay {
  private readonly open = new Map<string, Set<Promise<void>>>();

  /** An output begins to be sent; what it answers is called when all of it was, or nobody reads any more. */
  begin(program: Program): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    const key = keyOf(program);
    const under = this.open.get(key) ?? new Set();
    this.open.set(key, under.add(promise));
    return () => {
      under.delete(promise);
      if (under.size === 0) this.open.delete(key);
      resolve();
    };
  }

  /** Settles when every output of the program that is being read has been sent, or when the signal comes. */
  async sent(program: Program, over: AbortSignal): Promise<void> {
    const under = this.open.get(keyOf(program));
    if (under === undefined || over.aborted) return;
    const isOver = new Promise<void>((resolve) =>
      over.addEventListener('abort', () => resolve(), { once: true }),
    );
    await Promise.race([Promise.all(under), isOver]);
  }
}

const keyOf = ({ taskId, execId }: Program): string => `${taskId} ${execId}`;

export type ReadinessReport = Readonly<{ ready: boolean; checks: Readonly<Record<string, string>> }>;

/** What must hold before a service may be asked: each part of it adds its own check. */
export class Readiness {
  private readonly checks = new Map<string, () => boolean | Promise<boolean>>();

  add(name: string, check: () => boolean | Promise<boolean>): void {
    this.checks.set(name, check);
  }

  async report(): Promise<ReadinessReport> {
    const results = await Promise.all(
      [...this.checks].map(async ([name, check]) => {
        try {
          return [name, (await check()) ? 'ok' : 'not ready'] as const;
        } catch (error) {
          return [name, error instanceof Error ? error.message : String(error)] as const;
        }
      }),
    );
    return { ready: results.every(([, state]) => state === 'ok'), checks: Object.fromEntries(results) };
  }
}

import type { Home } from '../platform/home.ts';
import type { ClientEnvironment } from './client/client-environment.ts';
import type { Recorder } from './report/recorder.ts';

export type Size = 'quick' | 'full';

/** What a benchmark runs with. */
export type BenchSetting = Readonly<{
  home: Home;
  /** Whether the platform serves nobody else, so that it may be broken. */
  owned: boolean;
  size: Size;
  environment: ClientEnvironment;
  recorder: Recorder;
}>;

/** What a benchmark runs with that needs no platform. */
export type StandaloneSetting = Pick<BenchSetting, 'size' | 'recorder'> &
  Readonly<{
    /** How many usage facts, where that was said. */
    facts?: number | undefined;
    /** Files of one's own that a backtest is run over, where they were named. */
    trace?: string | undefined;
    catalogue?: string | undefined;
  }>;

export type Bench = Readonly<{ title: string }> &
  (
    | Readonly<{
        /** Whether an own platform keeps what earlier runs left in it, such as images, or begins empty. */
        platform: 'kept' | 'fresh';
        run: (setting: BenchSetting) => Promise<void>;
      }>
    | Readonly<{ platform: 'none'; run: (setting: StandaloneSetting) => Promise<void> }>
  );

import { worldNames } from '../benchmarks/backtest/chosen-days.ts';
import { begunThings } from '../benchmarks/begun-things.ts';
import { benches, isBenchName } from '../benchmarks/benches/benches.ts';
import { runBench } from '../benchmarks/run-bench.ts';
import { runCommandLine } from '../terminal/run-command-line.ts';
import { UsageError } from '../terminal/parse-arguments.ts';

const help = `
Usage: ./tools/bench NAME [options]

Measures one thing beside its baseline, on a platform of its own in .slipway-bench, which is stopped afterwards.

${Object.entries(benches)
  .map(([name, { title }]) => `  ${name.padEnd(12)} ${title}`)
  .join('\n')}

  --json         one JSON object a line: {bench, metric, value, unit, baseline, baselineValue, ratio}
  --quick        fewer samples
  --facts N      billing: as many usage facts, once
  --trace FILE   backtest: over a trace of one's own (docs/runbooks/capacity-traces.md) in place of simulated days
  --catalogue F  backtest: with the offers of this catalogue file; beside --trace
  SEEDS=1,4,6-9  (environment) backtest: simulated days of one's own choice, or a trace as often
  WORLDS=A,B     (environment) backtest: of ${worldNames.join(', ')}
  --home FOLDER  measure the platform that runs in FOLDER in place of an own one
  --no-build     measure what was built before
  --keep         leave the own platform running
  --help         this text

Raw samples and the machine's facts go to a file below bench-results/.
`;

await runCommandLine({
  name: 'bench',
  help,
  options: {
    ...{ json: 'flag', quick: 'flag', facts: 'number', home: 'text' },
    ...{ trace: 'text', catalogue: 'text', 'no-build': 'flag', keep: 'flag' },
  },
  mostRest: 1,
  onInterrupt: () => begunThings.interrupt(),
  run: async ({ flags, texts, numbers, rest: [name] }) => {
    if (name === undefined || !isBenchName(name))
      throw new UsageError(
        `the benchmark is ${name ?? 'not named'}; it can be ${Object.keys(benches).join(', ')}`,
      );
    const [trace, catalogue] = [texts.get('trace'), texts.get('catalogue')];
    if (name !== 'backtest' && (trace ?? catalogue) !== undefined)
      throw new UsageError(`--trace and --catalogue are for the benchmark backtest, not for ${name}`);
    if (trace === undefined && catalogue !== undefined)
      throw new UsageError(
        '--catalogue is given without --trace; it says what can be bought in the time of a trace',
      );
    await runBench(name, {
      output: flags.has('json') ? 'json' : 'table',
      size: flags.has('quick') ? 'quick' : 'full',
      home: texts.get('home'),
      build: !flags.has('no-build'),
      keep: flags.has('keep'),
      facts: numbers.get('facts'),
      ...{ trace, catalogue },
    });
    return 0;
  },
});

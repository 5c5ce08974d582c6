import { planCommand } from '../capacity/plan-command.ts';
import { runCommandLine } from '../terminal/run-command-line.ts';
import { UsageError } from '../terminal/parse-arguments.ts';

const help = `
Usage: ./tools/slipway plan [WORD …] [options]

What operators ask of a running site over its HTTP API: MODAL_SERVER_URL, MODAL_TOKEN_ID and MODAL_TOKEN_SECRET say where
and as whom; without them the platform of this checkout.

${planCommand.help.trim()}

  --json   what the API answered, as one JSON object
  --help   this text
`;

await runCommandLine({
  name: 'slipway',
  help,
  options: { json: 'flag', ...planCommand.options },
  mostRest: 40,
  goesOn: 'what was asked of the site goes on there',
  run: async (parsed) => {
    const [topic, ...words] = parsed.rest;
    if (topic !== 'plan') throw new UsageError(`the topic is ${topic ?? 'not named'}; it can be plan`);
    const { shown, answer } = await planCommand.run(words, parsed);
    console.log(parsed.flags.has('json') ? JSON.stringify(answer) : shown);
    return 0;
  },
});

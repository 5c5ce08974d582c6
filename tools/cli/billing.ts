import { checkFiles } from '../exports/check-files.ts';
import { exportPeriod } from '../exports/export-period.ts';
import { moneyCommands, type Asked } from '../money/money-commands.ts';
import { shownMoney } from '../money/shown-money.ts';
import { openPublicApi, type PublicApi } from '../platform/open-public-api.ts';
import { runCommandLine } from '../terminal/run-command-line.ts';
import { UsageError } from '../terminal/parse-arguments.ts';
import { refuseSurplus } from '../terminal/refuse-surplus.ts';

const help = `
Usage: ./tools/billing COMMAND [WORD...] [--json]

Money of a workspace, and of the site for who runs it. Asks the platform that MODAL_SERVER_URL names with the token of
MODAL_TOKEN_ID and MODAL_TOKEN_SECRET, or else the one of this checkout.

  balance [MONTH]              what a month comes to, and what is left of credits
  costs FROM [TO]              by function and day; days such as 2027-11-01, or moments with their zone
  budgets                      with what is spent and held of each
  budget KIND USD [ENV]        sets a soft or hard budget
  invoices                     of the workspace
  invoice NUMBER               as a page of HTML, on standard output
  cards                        all rate cards
  publish FILE                 a rate card, as JSON, for later          (operator)
  grant WORKSPACE ID USD WHY   gives credit                             (operator)
  close MONTH                  issues the invoices of a month           (operator)
  export --from DAY --to DAY   what is billed, as files of FOCUS 1.2 in the folder --out; --format csv or parquet,
                               --granularity daily or hourly; --site: of all workspaces   (operator)
                               (an earlier export in that folder is replaced)
  exports                      those that were asked for, with why one is not written; --site: of all workspaces
  check FILE...                whether files keep the rules of FOCUS 1.2
  anomalies                    usage that was refused, is missing, or has no price   (operator)
  books                        the trial balance                        (operator)

  --json   what was answered, as it is
  --help   this text
`;

const exportOptions = {
  site: 'flag',
  from: 'text',
  to: 'text',
  format: 'text',
  granularity: 'text',
  out: 'text',
} as const;

const answerOf = async (api: PublicApi, asked: Asked): Promise<unknown> => {
  if ('page' in asked) return api.text(asked.page);
  return 'method' in asked ? api.send(asked.method, asked.path, asked.body) : api.get(asked.path);
};

await runCommandLine({
  name: 'billing',
  help,
  options: { json: 'flag', ...exportOptions },
  // Of `check`, which is given as many files as there are.
  mostRest: 10_000,
  goesOn: 'what was asked of the site goes on there',
  run: async (parsed) => {
    const { flags, rest } = parsed;
    const [name, ...words] = rest;
    if (name === undefined) throw new UsageError('COMMAND is missing');
    if (name === 'check') {
      refuseSurplus(name, { words: Infinity }, words, parsed);
      return checkFiles(words);
    }
    if (name === 'export') {
      refuseSurplus(name, { words: 0, options: exportOptions }, words, parsed);
      return exportPeriod(openPublicApi(), parsed);
    }
    const command = Object.hasOwn(moneyCommands, name) ? moneyCommands[name] : undefined;
    if (command === undefined) throw new UsageError(`'${name}' is no command`);
    refuseSurplus(name, command, words, parsed);
    const asked = command.ask(words, parsed);
    const answer = await answerOf(openPublicApi(), asked);
    console.log(
      flags.has('json') && typeof answer !== 'string' ? JSON.stringify(answer) : shownMoney(answer, asked),
    );
    return 0;
  },
});

import { commitmentHelp } from './commitment-commands.ts';
import { hostHelp } from './host-commands.ts';
import { pastHelp } from './past-command.ts';
import { pinHelp } from './pin-commands.ts';
import { recordHelp } from './record-command.ts';
import { replayHelp } from './replay-command.ts';

/** `slipway plan` as `slipway --help` shows it. */
export const planHelp = `
  plan                       the newest plan: counts by offer and period, what is late and short, broken rules; the hours just past
  plan show PLAN             one plan; latest and in-force are words for two of them
  plan list                  plans, the newest first; --limit N, --all
  plan now                   makes one of all that is known now; one that is being made is waited for
  plan diff [PLAN]           what it changes and why, and each step with the hosts that there are and what holds it back;
                             --against PLAN: beside another plan
  plan explain [PLAN]        what rules, pins and floors cost a plan, and what one container or GPU more would
  plan explain OFFER [PLAN]  why it was bought or not, who else could serve, and at which price that turns
  plan what-if [PLAN]        the same inputs with something else: nothing of it is carried out
      --price FILTER*FACTOR --without FILTER --demand [KEY*]FACTOR --quota ID=LIMIT --guardrail NAME=NUMBER
      --available FILTER*NODES --preemptions FILTER*FACTOR --commit WHAT*NODES@USD; each of them as often as it takes
      a quota is VENDOR/REGION/GPU, and the last of these may be left out; one that does not exist yet is added
      a guardrail is one that plan control shows; NAME=none: without it
      a commitment is WHAT as plan commit has it, and what each node costs per hour in any case
      a filter is vendor=aws,region=us-east-1,gpu=H100,purchase=spot or offer=ID, as many of them as matter
${replayHelp.trimEnd()}
${recordHelp.trimEnd()}
${pastHelp.trimEnd()}
  plan approve PLAN          puts a plan that waits in force; --without OFFER: but for its change of that offer,
                             which stays as it is for an hour; as often as it takes
  plan reject PLAN           turns it down; --reason TEXT
  plan freeze                nothing is started or stopped; --reason TEXT
  plan resume                takes a freeze back
  plan limit NAME=NUMBER …   guardrails, by the names that plan control shows; NAME=none: as the site has it
  plan exclude FILTER        nothing more is bought of these offers; what is held stays; --reason TEXT
  plan include FILTER        takes an exclusion back
${pinHelp.trimEnd()}
  plan control               all guardrails (- where one is not set), floors, exclusions, pins, and why planning fails where it does
  plan offers                what can be bought; --filter FILTER, --limit N, --all
${commitmentHelp.trimEnd()}
  plan lessons               what our own starts taught: how many nodes there may be, and what is left alone for now
  plan placements            who said where the containers of the last hour went, and where the plan could not be followed
  plan hosts                 hosts that were asked for, those that are not over first, then the newest; what all of them cost,
                             and changes that are held back; --limit N, --all
${hostHelp.trimEnd()}
  plan log [SUBJECT]         what happened, the newest first: all, or of a host, a plan, control, catalogue or failures; --limit N, --all
  plan rejected              rows of catalogues that were left out, and why; --limit N, --all
  plan demand                what is wanted, what is expected and how surely, and what a wait costs
  plan floor KEY CONTAINERS  containers of a group that are kept ready; 0 takes it away
`;

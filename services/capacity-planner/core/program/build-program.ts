import type { Prepared } from '../model/prepared.js';
import { softRules } from '../model/soft-rules.js';
import { addBuffers } from './add-buffers.js';
import { addCapacity } from './add-capacity.js';
import { addCommitments } from './add-commitments.js';
import { addCoveredStarts } from './add-covered-starts.js';
import { addDemand } from './add-demand.js';
import { addNodes } from './add-nodes.js';
import { addQuotas, addSoftRules, addSpendCap } from './add-rules.js';
import { addSticky } from './add-sticky.js';
import { addWholeNodes } from './add-whole-nodes.js';
import type { Integrality } from './integrality.js';
import { ProgramBuilder } from './program-builder.js';
import type { BuiltProgram } from './program-layout.js';

/** The mixed-integer program of a prepared problem; its objective is the plan's cost in dollars. */
export const buildProgram = (prepared: Prepared, integrality: Integrality): BuiltProgram => {
  const builder = new ProgramBuilder();
  const { nodes, starts } = addNodes(builder, prepared, integrality);
  const demand = addDemand(builder, prepared, integrality);
  const capacity = addCapacity(builder, prepared, { nodes, starts, ...demand });
  addWholeNodes(builder, prepared, { nodes, starts, ...demand });
  const bufferRows = addBuffers(builder, prepared, { nodes, starts, ...demand });
  addSticky(builder, prepared, demand);
  const covered = addCommitments(builder, prepared, nodes);
  const quotaRows = addQuotas(builder, prepared, nodes);
  const spendRows = addSpendCap(builder, prepared, nodes, covered);
  addCoveredStarts(builder, prepared, { nodes, starts });
  const softRows = addSoftRules(builder, softRules(prepared), nodes, starts, prepared);
  return {
    program: builder.build(),
    layout: { nodes, starts, ...demand, ...capacity, bufferRows, quotaRows, spendRows, softRows },
  };
};

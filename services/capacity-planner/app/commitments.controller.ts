import { Controller, Inject } from '@nestjs/common';
import type { AskOf } from '@slipway/contracts';
import { Answers } from '@slipway/messaging';
import type { CommitmentAnswers } from './answers/commitment-answers.js';
import type { TermAnswers } from './answers/term-answers.js';
import { COMMITMENT_ANSWERS, TERM_ANSWERS } from './tokens.js';

/** Requests about what was, or could be, committed to at vendors. */
@Controller()
export class CommitmentsController {
  constructor(
    @Inject(COMMITMENT_ANSWERS) private readonly commitments: CommitmentAnswers,
    @Inject(TERM_ANSWERS) private readonly terms: TermAnswers,
  ) {}

  @Answers('capacity-planner.list-commitments')
  list(_ask: AskOf<'capacity-planner.list-commitments'>) {
    return this.commitments.list();
  }

  @Answers('capacity-planner.record-commitment')
  record(ask: AskOf<'capacity-planner.record-commitment'>) {
    return this.commitments.recordOne(ask);
  }

  @Answers('capacity-planner.remove-commitment')
  remove(ask: AskOf<'capacity-planner.remove-commitment'>) {
    return this.commitments.remove(ask);
  }

  @Answers('capacity-planner.plan-terms')
  planTerms(ask: AskOf<'capacity-planner.plan-terms'>) {
    return this.terms.of(ask);
  }
}

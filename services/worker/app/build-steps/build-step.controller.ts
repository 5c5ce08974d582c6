import { Controller, Inject } from '@nestjs/common';
import type { AnswerOf, AskOf } from '@slipway/contracts';
import { Answers } from '@slipway/messaging';
import { BUILD_STEPS } from '../tokens.js';
import type { BuildSteps } from './build-steps.js';

@Controller()
export class BuildStepController {
  constructor(@Inject(BUILD_STEPS) private readonly steps: BuildSteps) {}

  @Answers('worker.claim-build-step')
  claim(step: AskOf<'worker.claim-build-step'>): AnswerOf<'worker.claim-build-step'> {
    return this.steps.claim(step);
  }

  @Answers('worker.await-build-step')
  await(question: AskOf<'worker.await-build-step'>): Promise<AnswerOf<'worker.await-build-step'>> {
    return this.steps.await(question);
  }
}

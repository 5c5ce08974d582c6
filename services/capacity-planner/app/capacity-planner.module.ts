import { Module } from '@nestjs/common';
import { RunActing } from './acting/run-acting.js';
import { CapacityPlannerController } from './capacity-planner.controller.js';
import { CommitmentsController } from './commitments.controller.js';
import { RunPast } from './past/run-past.js';
import { plannerProviders } from './planner-providers.js';
import { EndPins } from './processes/end-pins/end-pins.js';
import { RunPlanner } from './processes/plan-capacity/run-planner.js';
import { TakeSnapshots } from './processes/take-snapshots/take-snapshots.js';

@Module({
  controllers: [CapacityPlannerController, CommitmentsController],
  providers: [...plannerProviders, RunPlanner, EndPins, RunActing, RunPast, TakeSnapshots],
})
export class CapacityPlannerModule {}

// This file breaks the rule on purpose: lint fails when the rule does not notice it.
import { Bus } from '@slipway/messaging';
import { createScheduler } from '@slipway/scheduler-core';

export const forbidden = [Bus, createScheduler];

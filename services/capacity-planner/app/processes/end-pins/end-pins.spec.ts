import { initialControl, type Control } from '@slipway/capacity-planner-core';
import type { PlannerState } from '../../journal/planner-state.js';
import { PlanTriggers } from '../plan-capacity/plan-triggers.js';
import { EndPins } from './end-pins.js';

const AT = 1_000_000;
const control: Control = {
  ...initialControl,
  pins: [{ filter: { vendor: 'lambda' }, least: 1, until: AT, at: 0, by: 'ada', reason: 'a launch' }],
};

const wanted = (madeAt: number, looks: readonly number[]): readonly string[] => {
  const triggers = new PlanTriggers();
  const heard: string[] = [];
  triggers.onTrigger((trigger) => heard.push(trigger));
  const state = { control, decisions: { newest: { summary: { madeAt } } } } as unknown as PlannerState;
  const ending = new EndPins(state, triggers);
  for (const at of looks) ending.look(at);
  return heard;
};

test('a plan is wanted when a pin ends, once', () => {
  expect(wanted(AT - 9, [AT - 2, AT - 1])).toEqual([]);
  expect(wanted(AT - 9, [AT - 1, AT + 1, AT + 2])).toEqual(['pin-ended']);
});

test('one that ended while no process ran is made up for, unless a plan was made since', () => {
  expect(wanted(AT - 9, [AT + 900])).toEqual(['pin-ended']);
  expect(wanted(AT, [AT + 900])).toEqual([]);
});

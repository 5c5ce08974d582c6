import { handOut, nextDeadline, noInputs, overdue, settle } from './input-deadlines.js';

const first = { inputId: 'in-1', retryCount: 0 };
const second = { inputId: 'in-2', retryCount: 0 };

describe('deadlines of inputs', () => {
  test('an input is overdue when its timeout has passed since it was handed out', () => {
    const held = handOut(noInputs, first, 1000, 50);
    expect(overdue(held, 1049)).toEqual([]);
    expect(overdue(held, 1050).map(({ inputId }) => inputId)).toEqual(['in-1']);
  });

  test('handing the same attempt out again does not give it more time', () => {
    const held = handOut(handOut(noInputs, first, 1000, 0), first, 1000, 500);
    expect(nextDeadline(held)).toBe(1000);
    expect(held).toHaveLength(1);
  });

  test('a new attempt starts a new deadline', () => {
    const held = handOut(handOut(noInputs, first, 1000, 0), { ...first, retryCount: 1 }, 1000, 500);
    expect(nextDeadline(held)).toBe(1500);
  });

  test('the earliest deadline is the next; what is settled has none', () => {
    const held = handOut(handOut(noInputs, first, 1000, 0), second, 1000, 10);
    expect(nextDeadline(held)).toBe(1000);
    expect(nextDeadline(settle(held, ['in-1']))).toBe(1010);
    expect(nextDeadline(settle(held, ['in-1', 'in-2']))).toBeUndefined();
  });
});

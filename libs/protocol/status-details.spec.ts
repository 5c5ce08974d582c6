import { classNameUsedDetails } from './class-name-used-details.js';
import { FunctionLookupError, FunctionLookupError_Reason } from './generated/function.js';
import { RPCRetryPolicy, RPCStatus } from './generated/throttle.js';
import { throttleDetails } from './throttle-details.js';

test('a throttled client is told how long to wait', () => {
  const status = RPCStatus.decode(throttleDetails(8, 'too many inputs', 2500));
  expect(status).toMatchObject({ code: 8, message: 'too many inputs' });
  expect(status.details.map((detail) => detail.typeUrl)).toEqual([
    'type.googleapis.com/modal.client.RPCRetryPolicy',
  ]);
  expect(RPCRetryPolicy.decode(status.details[0]!.value).retryAfterSecs).toBe(2.5);
});

test('a lookup that hit a class says so', () => {
  const status = RPCStatus.decode(classNameUsedDetails('Model is a class'));
  expect(status.code).toBe(5);
  expect(FunctionLookupError.decode(status.details[0]!.value).reason).toBe(
    FunctionLookupError_Reason.CLASS_NAME_USED,
  );
});

import type { FailedTry, WebFailure } from '@slipway/gateway-core';
import type { WebProblem } from '@slipway/contracts';
import type { WebRouteRow } from '../store/web-entities.js';

export const noSuchEndpoint = (host: string): WebFailure => ({
  status: 404,
  code: 'endpoint-not-found',
  reason: `No web endpoint answers at ${host}.`,
  remedy: 'Deploy or serve an app that has one, or check the address that the deployment printed.',
});

/** Why no container can be had. */
export const noContainer = ({ functionTag }: WebRouteRow, { kind, message }: WebProblem): WebFailure => {
  switch (kind) {
    case 'stopped':
      return {
        status: 404,
        code: 'app-stopped',
        reason: `The endpoint ${functionTag} does not run: ${message}.`,
        remedy: 'Deploy the app again.',
      };
    case 'start-failed':
      return {
        status: 503,
        code: 'container-did-not-start',
        reason: `The endpoint ${functionTag} cannot answer: ${message.trim()}`,
        remedy: "The app's logs say more; each further request makes another try.",
      };
    case 'no-capacity':
      return {
        status: 503,
        code: 'no-capacity',
        reason: `The endpoint ${functionTag} has no container: ${message}.`,
        remedy: 'Try again when there is room, ask for less in the function, or add a worker.',
      };
    default:
      return kind satisfies never;
  }
};

export const waitedTooLong = (route: WebRouteRow, problem: WebProblem | undefined): WebFailure =>
  problem === undefined
    ? {
        status: 503,
        code: 'all-containers-busy',
        reason: `No container of ${route.functionTag} became free in time.`,
        remedy: 'Allow more containers, or more requests in each.',
      }
    : noContainer(route, problem);

/** Why a container's answer did not come. */
export const noAnswer = (route: WebRouteRow, failed: FailedTry, reason: string): WebFailure => {
  const said = reason === '' ? '' : ` ${reason.trim().replace(/\.?$/, '.')}`;
  if (failed.how === 'refused' && failed.outcome === 'timeout')
    return {
      status: 504,
      code: 'function-timed-out',
      reason: `${route.functionTag} did not answer within its timeout of ${route.timeoutMs / 1000} s.${said}`,
      remedy: "Raise the function's timeout, or answer sooner and go on in the background.",
    };
  if (failed.how === 'refused' && failed.outcome !== 'failed')
    return {
      status: 503,
      code: 'container-went-away',
      reason: `The container of ${route.functionTag} could not take the request.${said}`,
      remedy: 'Send it again: it was not started.',
    };
  return {
    status: 502,
    code: 'container-broke-off',
    reason: `The container of ${route.functionTag} broke off before it answered.${said}`,
    remedy: "The request may have run, so it was not sent again; the app's logs say more.",
  };
};

/** A part of the platform itself was away for too long, or is broken. */
export const cannotAnswer: WebFailure = {
  status: 503,
  code: 'platform-cannot-answer',
  reason: 'The platform could not pass the request on.',
  remedy: 'Try again in a moment.',
};

export const brokenRequest = (reason: string): WebFailure => ({
  status: 400,
  code: 'request-broken',
  reason: `The request could not be read: ${reason}.`,
  remedy: 'Send it again, whole.',
});

import { isAmong } from '@slipway/contracts';
import fc from 'fast-check';
import type { Caller } from './caller.js';
import { environmentRoleOf, mayEverywhere, refuseEverywhere, refuseInEnvironment } from './check-access.js';
import { environmentsWhere } from './environments-where.js';
import type { Access, EnvironmentRole } from './principal.js';
import { mayLookInto, readableEnvironments } from './readable-environments.js';
import { rolesOfTask } from './roles-of-task.js';

const ENVIRONMENTS = ['main', 'dev', 'prod', 'made-later'];
const role = fc.constantFrom<EnvironmentRole>('contributor', 'viewer', 'no-access');
const roles = fc.record({
  roleElsewhere: role,
  environmentRoles: fc.dictionary(fc.constantFrom('main', 'dev', 'prod'), role),
});

const task = (deployers: Parameters<typeof rolesOfTask>[0], defaultEnvironment = 'main'): Caller => ({
  kind: 'task',
  blobStoreUrl: '',
  taskId: 'ta-1',
  workspaceId: 'ac-1',
  appId: 'ap-1',
  functionId: 'fu-1',
  defaultEnvironment,
  ...rolesOfTask(deployers),
});
const token = (of: Parameters<typeof rolesOfTask>[0][number]): Caller => ({
  kind: 'token',
  tokenId: 'ak-1',
  workspaceId: 'ac-1',
  workspaceName: 'main',
  defaultEnvironment: 'main',
  principal: { principalId: 'us-1', kind: 'member', name: 'ada', role: 'member' },
  ...of,
});

test('the environments where a caller may do something are exactly those in which it is not refused', () => {
  const access = fc.constantFrom<Access>('look', 'call', 'change');
  fc.assert(
    fc.property(roles, fc.boolean(), access, (of, inContainer, wanted) => {
      const caller = inContainer ? task([of]) : token(of);
      for (const environment of ENVIRONMENTS)
        expect(isAmong(environment, environmentsWhere(caller, wanted))).toBe(
          refuseInEnvironment(caller, wanted, environment) === undefined,
        );
    }),
  );
});

test('lists show the environments that the caller may look into', () => {
  fc.assert(
    fc.property(roles, (of) => {
      for (const environment of ENVIRONMENTS)
        expect(isAmong(environment, readableEnvironments(token(of)))).toBe(
          mayLookInto(token(of), environment),
        );
    }),
  );
});

test('code in a container changes things in its own environment, and elsewhere does no more than its deployer, changing nothing', () => {
  fc.assert(
    fc.property(roles, fc.constantFrom('main', 'dev'), (of, home) => {
      const [code, deployer] = [task([of], home), token(of)];
      for (const environment of ENVIRONMENTS) {
        if (environment === home) expect(environmentRoleOf(code, environment)).toBe('contributor');
        else {
          expect(refuseInEnvironment(code, 'change', environment)).toMatchObject({ refused: 'forbidden' });
          for (const access of ['look', 'call'] as const)
            expect(refuseInEnvironment(code, access, environment) === undefined).toBe(
              refuseInEnvironment(deployer, access, environment) === undefined,
            );
        }
      }
    }),
  );
});

test('code whose deployer is gone stays in its own environment; of two of one name the weaker counts', () => {
  expect(environmentRoleOf(task([]), 'dev')).toBe('no-access');
  expect(environmentRoleOf(task([]), 'main')).toBe('contributor');
  const strong = { roleElsewhere: 'contributor', environmentRoles: {} } as const;
  const weak = { roleElsewhere: 'no-access', environmentRoles: { dev: 'viewer' } } as const;
  expect(rolesOfTask([strong, weak])).toEqual({
    roleElsewhere: 'no-access',
    environmentRoles: { dev: 'viewer' },
  });
  expect(rolesOfTask([strong]).roleElsewhere).toBe('caller');
});

test('what counts everywhere takes the right everywhere', () => {
  const viewerOfProd = token({ roleElsewhere: 'contributor', environmentRoles: { prod: 'viewer' } });
  expect([mayEverywhere(viewerOfProd, 'look'), mayEverywhere(viewerOfProd, 'call')]).toEqual([true, false]);
  expect(refuseEverywhere(viewerOfProd, 'call', 'It')).toMatchObject({ refused: 'forbidden' });
  expect(refuseEverywhere(viewerOfProd, 'look', 'It')).toBeUndefined();
});

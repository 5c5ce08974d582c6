import { needsProof, proofName, proofText, refuseDomainClaim, type DomainClaim } from './domain-proof.js';

const claim = (more: Partial<DomainClaim> = {}): DomainClaim => ({
  domain: 'shop.example.com',
  workspaceId: 'ac-2',
  heldBy: undefined,
  proof: 'of-others',
  texts: [],
  ...more,
});

test.each<[string, Partial<DomainClaim>, string | undefined]>([
  ['a domain that nobody has is given to who asks first', {}, undefined],
  ['where proof is always wanted, it is not', { proof: 'always' }, 'domain-not-proven'],
  ['where it is shown, it is', { proof: 'always', texts: ['v=spf1', 'workspace=ac-2'] }, undefined],
  ['a workspace keeps what it has without a proof', { heldBy: 'ac-2', proof: 'always' }, undefined],
  ['a domain of another workspace is not taken', { heldBy: 'ac-1' }, 'domain-taken'],
  ['nor by a proof for somebody else', { heldBy: 'ac-1', texts: ['workspace=ac-1'] }, 'domain-taken'],
  ['but by who shows that it is theirs', { heldBy: 'ac-1', texts: ['workspace=ac-2'] }, undefined],
])('%s', (_, more, code) => {
  expect(refuseDomainClaim(claim(more))?.code).toBe(code);
});

test('a refusal says which record shows whose the domain is', () => {
  const { message } = refuseDomainClaim(claim({ heldBy: 'ac-1' }))!;
  expect(message).toContain(`${proofName('shop.example.com')} TXT "${proofText('ac-2')}"`);
});

test('records are looked up only where they may change the answer', () => {
  expect(needsProof(claim())).toBe(false);
  expect(needsProof(claim({ proof: 'always' }))).toBe(true);
  expect(needsProof(claim({ heldBy: 'ac-2', proof: 'always' }))).toBe(false);
  expect(needsProof(claim({ heldBy: 'ac-1' }))).toBe(true);
});

/**
 * SQL that marks objects as wanted at a moment: `digests` is a select of them, `at` and `before` are expressions, and what was wanted at
 * `before` or later stays as it is. One after the other by their digests, so that no two who do it wait for each other.
 */
export const touchObjects = (digests: string, at: string, before = at): string =>
  `with held as (
     select digest from blob_store.objects where digest in (${digests}) and touched_at < ${before}
     order by digest for no key update
   )
   update blob_store.objects o set touched_at = ${at} from held where o.digest = held.digest`;

import { refuse, type Refusal } from '@slipway/kernel';

const DOMAIN = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Why a name cannot be a custom domain: labels of the web domain and the API's own names are given out by nobody but us. */
export const refuseCustomDomain = (
  name: string,
  { webDomain, apiHost }: Readonly<{ webDomain: string; apiHost: string }>,
): Refusal | undefined => {
  const domain = name.toLowerCase();
  if (!DOMAIN.test(domain))
    return refuse('invalid', 'domain-malformed', `'${name}' is no domain: write it as in app.example.com.`);
  if (domain === webDomain || domain.endsWith(`.${webDomain}`) || domain === apiHost)
    return refuse('invalid', 'domain-reserved', `The domain '${domain}' is the platform's own.`);
  return undefined;
};

import { refuse, type Refusal } from '@slipway/kernel';

export type ImageTag = Readonly<{
  /** Absent: the caller's own. */
  environment?: string;
  /** `name:tag`. */
  tag: string;
}>;

const SHAPE =
  /^(?:(?<environment>[A-Za-z0-9][A-Za-z0-9._-]{0,63})\/)?(?<name>[A-Za-z0-9][A-Za-z0-9._-]{0,127})(?::(?<version>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?$/;

/** The name of a published image, `[environment/]name[:tag]`; the tag is `latest` where none is written. */
export const readImageTag = (text: string): ImageTag | Refusal => {
  const { environment, name, version = 'latest' } = SHAPE.exec(text)?.groups ?? {};
  if (name === undefined)
    return refuse(
      'invalid',
      'image-name-invalid',
      `'${text}' cannot name an image: write [environment/]name[:tag], of letters, digits, dots, dashes and underscores.`,
    );
  return { tag: `${name}:${version}`, ...(environment === undefined ? {} : { environment }) };
};

import { slug } from "@caviar-hpo/core/text";

/** Part of a file name: the slug of a text, at most 40 characters of it. It may be empty. */
export function fileNamePart(text: string): string {
  return slug(slug(text).slice(0, 40));
}

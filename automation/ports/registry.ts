/** What a registry says about an image reference. */
export type ImageAnswer =
  | {
      readonly kind: "found";
      /** `sha256:...` of what the tag names now. */
      readonly digest: string;
      /** ISO 8601; null when the registry does not say. */
      readonly pushedAt: string | null;
      /** Of an index, those in it; empty when the registry does not say. */
      readonly architectures: readonly string[];
    }
  | { readonly kind: "no-tag"; readonly repository: string; readonly newest: readonly string[] }
  | { readonly kind: "no-repository"; readonly repository: string }
  /** Not Amazon ECR, or another account's that does not let us look: it cannot be checked or pinned. */
  | { readonly kind: "unknown"; readonly why: string };

/** Image registries. Failures are `CloudError`s. */
export interface Registry {
  /** @param image full reference `repository:tag` or `repository@digest` */
  look(image: string): Promise<ImageAnswer>;
}

import { initialRelease, type Releases } from "../../infra/releases";
import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import { asked } from "./cloud-failure";
import { newImages } from "./new-images";
import { imageFindings } from "./preflight/image-exists";
import type { PreflightFinding } from "./preflight/preflight-check";
import type { Target } from "./targets";

/** Nothing runs yet, so nothing is kept. */
const nothing = { slot: "blue", images: {}, version: "" } as const;

/**
 * What services are to begin with that were never deployed, pinned as in every release.
 *
 * @throws SlipwayError `image-missing` (exit 3) with every image that is not in its registry, `aws` (exit 1)
 */
export async function firstReleases(
  { config, registry }: Pick<Context, "config" | "registry">,
  targets: readonly Target[],
): Promise<Releases> {
  const looks = targets.map(async (target) => {
    const service = config.services[target.service];
    if (service === undefined) throw new Error(`no service ${target.service}`);
    const { images, version } = await newImages(registry, target, service, nothing);
    const findings = await Promise.all(
      Object.entries(images).map(async ([container, image]) =>
        imageFindings(container, image, await registry.look(image)),
      ),
    );
    return { name: target.service, release: initialRelease(service, { images, version }), findings: findings.flat() };
  });
  const found = await asked(() => Promise.all(looks));
  const missing = found.flatMap(({ name, findings }) => findings.map((finding) => ({ service: name, ...finding })));
  if (missing.length > 0) throw imageMissing(missing);
  return Object.fromEntries(found.map(({ name, release }) => [name, release]));
}

const imageMissing = (missing: readonly (PreflightFinding & { readonly service: string })[]): SlipwayError =>
  new SlipwayError({
    code: "image-missing",
    exitCode: exitCodes.blocked,
    message: missing.map(({ service, text }) => `${service}: ${text}`).join("\n"),
    remedy: `Nothing was changed. ${[...new Set(missing.map(({ remedy }) => remedy))].join(" ")}`,
    data: { missing: missing.map(({ service, text }) => ({ service, text })) },
  });

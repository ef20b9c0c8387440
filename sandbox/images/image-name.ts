import { usageError } from "../../automation/model/errors";
import type { Scope } from "../model/scope";

/** An image as one types it. */
export interface ImageName {
  /** Of the registry, when it was typed with it. */
  readonly scope: Scope | undefined;
  readonly repository: string;
  readonly tag: string;
}

const registry = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\/(.+)$/;

/** As Docker tells a registry from a folder: it has a dot or a port. */
const otherRegistry = /^([^/:]*\.[^/]*|[^/:]+:\d+)\//;

/** Names as ECR allows them (CreateRepository, PutImage). */
const repositoryAndTag = /^([a-z0-9]+(?:[._/-][a-z0-9]+)*)(?::([\w][\w.-]{0,127}))?$/;

/**
 * Reads `team/app:b1`, with or without `<account>.dkr.ecr.<region>.amazonaws.com/` in front; the tag is `latest` when
 * there is none, as for Docker.
 *
 * @throws SlipwayError usage
 */
export function imageName(text: string): ImageName {
  const [, account, region, path] = registry.exec(text) ?? [];
  const [, host] = otherRegistry.exec(text) ?? [];
  if (path === undefined && host !== undefined)
    throw usageError(
      `"${text}" is no image of ECR, but of ${host}.`,
      "Other registries are not simulated: ECS pulls what they hold without a check.",
    );
  const [, repository, tag = "latest"] = repositoryAndTag.exec(path ?? text) ?? [];
  if (repository === undefined) {
    throw usageError(`"${text}" is no image of ECR.`, "For example `axonflow-agent:b237404`.");
  }
  return { scope: account && region ? { account, region } : undefined, repository, tag };
}

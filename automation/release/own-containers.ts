import type { ServiceConfig } from "../../infra/config/schema";
import { registryOf } from "../model/release/image-reference";

/**
 * The container that a service is about: the one of its name, else the first behind the load balancer, else the first
 * essential one.
 */
export function mainContainer(service: string, { containers }: Pick<ServiceConfig, "containers">): string {
  const all = Object.entries(containers);
  const found =
    all.find(([name]) => name === service) ??
    all.find(([, { loadBalancer }]) => loadBalancer !== undefined) ??
    all.find(([, { essential }]) => essential) ??
    all[0];
  return found?.[0] ?? service;
}

/** Containers whose images come from where the main one's comes from: a log router of a public registry is not among them. */
export function ownContainers(service: string, config: Pick<ServiceConfig, "containers">): readonly string[] {
  const home = (container: string): string => placeOf(config.containers[container]?.image.repository ?? "");
  const main = home(mainContainer(service, config));
  return Object.keys(config.containers).filter((container) => home(container) === main);
}

/** On Docker Hub an account is what a registry is elsewhere. */
function placeOf(repository: string): string {
  const registry = registryOf(repository);
  return registry === "docker.io" ? `docker.io/${repository.split("/").slice(0, -1).join("/")}` : registry;
}

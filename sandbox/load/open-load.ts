import { exitCodes, SlipwayError } from "../../automation/model/errors";
import type { ListenerPort } from "../model/targets";
import { ask } from "../session/control-client";
import type { SandboxPaths } from "../session/paths";
import { runningSandbox } from "../session/running";
import { readStackConfig } from "../session/stack-config";
import { chooseListener } from "./choose-listener";
import { defaultRoutes } from "./default-paths";
import { ownBalancers } from "./own-balancers";
import type { LoadTarget } from "./run-load";

/** What was typed. */
export interface LoadWish {
  readonly stack: string;
  readonly path?: readonly string[] | undefined;
  readonly host?: string | undefined;
  /** `Name: value` */
  readonly header: readonly string[];
  readonly listener?: number | undefined;
  readonly loadBalancer?: string | undefined;
}

export interface OpenLoad {
  /** Of the listener, on this machine. */
  readonly address: string;
  readonly targets: readonly LoadTarget[];
  /** Of the sandbox itself. */
  readonly endpoint: string;
}

/**
 * Finds out where the load of a stack goes.
 *
 * @throws SlipwayError when the sandbox does not run, the stack has no listener, or nothing is behind it
 */
export async function openLoad(paths: SandboxPaths, wish: LoadWish): Promise<OpenLoad> {
  const { config, region } = await readStackConfig(paths.project, wish.stack);
  const record = await runningSandbox(paths);
  const { ports } = (await ask(record, "GET", "ports")) as { readonly ports: readonly ListenerPort[] };
  const { address } = chooseListener(ports, {
    account: config.account.id,
    region,
    stack: wish.stack,
    own: await ownBalancers(paths.backend, wish.stack),
    loadBalancer: wish.loadBalancer,
    port: wish.listener,
  });

  const headers = Object.fromEntries(wish.header.map(parseHeader));
  const routes =
    wish.path === undefined
      ? defaultRoutes(config)
      : wish.path.map((path) => ({ path: checkedPath(path), host: wish.host }));
  if (routes.length === 0) throw nothingBehind();
  const targets = routes.map(({ path, host }) => {
    const own = wish.host ?? host;
    return { origin: address, path, headers: own === undefined ? headers : { host: own, ...headers } };
  });

  return { address, targets, endpoint: `http://127.0.0.1:${record.port}` };
}

/** @throws SlipwayError usage */
export function parseHeader(text: string): readonly [string, string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*([\t\x20-\x7e]*)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name.toLowerCase(), value];
  throw wrong(`"${text}" is not a header.`, 'For example `--header "x-canary: yes"`.');
}

function checkedPath(path: string): string {
  if (/^\/[\x21-\x7e]*$/.test(path)) return path;
  throw wrong(`"${path}" is not a path.`, "It begins with / and has no spaces, for example `--path /api/load?n=1`.");
}

const wrong = (message: string, remedy: string): SlipwayError =>
  new SlipwayError({ code: "usage", exitCode: exitCodes.usage, message, remedy });

const nothingBehind = (): SlipwayError =>
  wrong("No service of this stack is behind a load balancer.", "`--path` says where requests go all the same.");

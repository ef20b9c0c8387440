import { exitCodes, SlipwayError } from "../../automation/model/errors";
import type { ListenerPort } from "../model/targets";

export interface ListenerWish {
  readonly account: string;
  readonly region: string;
  readonly stack: string;
  /** Names of the load balancers that the stack has made. */
  readonly own: readonly string[];
  /** Name of any load balancer of the account; needed when the stack has several, or none of its own. */
  readonly loadBalancer?: string | undefined;
  /** What AWS calls the port. @default 443 where there is one, else the lowest */
  readonly port?: number | undefined;
}

/**
 * The listener that requests go to.
 *
 * @throws SlipwayError when there is none, or when the words on the command line leave several
 */
export function chooseListener(ports: readonly ListenerPort[], wish: ListenerWish): ListenerPort {
  const all = ports.filter(({ account, region }) => account === wish.account && region === wish.region);
  const own = all.filter(({ loadBalancer }) => wish.loadBalancer !== undefined || wish.own.includes(loadBalancer));
  const balancers = [...new Set(own.map(({ loadBalancer }) => loadBalancer))].sort();
  const there = own.map(({ loadBalancer, port }) => `${loadBalancer}:${port}`).join(", ");
  if (wish.loadBalancer === undefined && balancers.length > 1)
    throw refused(
      `${wish.stack} has several load balancers: ${balancers.join(", ")}.`,
      `For example \`--load-balancer ${balancers[0]}\`.`,
    );
  const fitting = own
    .filter(({ loadBalancer }) => wish.loadBalancer === undefined || loadBalancer === wish.loadBalancer)
    .filter(({ port }) => wish.port === undefined || port === wish.port)
    // A listener on 80 mostly does nothing but send people to 443.
    .sort((a, b) => Number(b.port === 443) - Number(a.port === 443) || a.port - b.port);
  const [chosen] = fitting;
  if (chosen) return chosen;
  throw refused(
    own.length === 0
      ? `${wish.stack} has no load balancer in the sandbox whose listeners answer.${elsewhere(all)}`
      : `There is no such listener. There is ${there}.`,
    own.length === 0
      ? `\`slipway up ${wish.stack} --sandbox\` makes it; \`--load-balancer\` names one that something else has made.`
      : "`--listener` and `--load-balancer` choose among them.",
  );
}

const elsewhere = (ports: readonly ListenerPort[]): string =>
  ports.length === 0
    ? ""
    : ` Account and region have ${[...new Set(ports.map(({ loadBalancer }) => loadBalancer))].sort().join(", ")}.`;

const refused = (message: string, remedy: string): SlipwayError =>
  new SlipwayError({ code: "listener-missing", exitCode: exitCodes.usage, message, remedy });

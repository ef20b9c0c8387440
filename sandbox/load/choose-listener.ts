import { exitCodes, SlipwayError } from "../../automation/model/errors";
import type { ListenerPort } from "../model/targets";

export interface ListenerWish {
  readonly account: string;
  readonly region: string;
  /** Name of the load balancer; needed when the account has several. */
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
  const own = ports.filter(({ account, region }) => account === wish.account && region === wish.region);
  const balancers = [...new Set(own.map(({ loadBalancer }) => loadBalancer))].sort();
  const there = own.map(({ loadBalancer, port }) => `${loadBalancer}:${port}`).join(", ");
  if (wish.loadBalancer === undefined && balancers.length > 1)
    throw refused(
      `There are several load balancers: ${balancers.join(", ")}.`,
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
      ? `Account ${wish.account} has no listener in ${wish.region} that answers.`
      : `There is no such listener. There is ${there}.`,
    own.length === 0
      ? "`slipway up <stack> --sandbox` makes the stack's load balancer."
      : "`--listener` and `--load-balancer` choose among them.",
  );
}

const refused = (message: string, remedy: string): SlipwayError =>
  new SlipwayError({ code: "listener-missing", exitCode: exitCodes.usage, message, remedy });

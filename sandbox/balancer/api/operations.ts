import { z } from "zod";
import { AwsFault } from "../../model/aws-fault";
import type { Caller, Input, Operation, ServiceApi } from "../../model/service-api";
import type { TargetBook } from "../groups/target-book";
import { checkActions, within, type GroupFacts } from "./check-actions";
import { checkConditions } from "./check-conditions";
import { checkGroup, checkGroupAttributes, newGroupTimes } from "./check-group";
import { integer, read } from "./input";
import { targetOperations } from "./target-operations";

type Check = (input: Input, book: TargetBook) => void;

const nothing: Check = () => undefined;

/** TABLE of operations that change what is routed where, with what AWS refuses and moto does not. */
const changes: Readonly<Record<string, Check>> = {
  CreateLoadBalancer: nothing,
  DeleteLoadBalancer: nothing,
  ModifyLoadBalancerAttributes: nothing,
  SetSubnets: nothing,
  CreateListener: (input, book) => checkActions(input, "DefaultActions", factsOf(book)),
  ModifyListener: (input, book) => checkActions(input, "DefaultActions", factsOf(book)),
  ModifyListenerAttributes: nothing,
  DeleteListener: nothing,
  AddListenerCertificates: nothing,
  RemoveListenerCertificates: nothing,
  CreateRule: (input, book) => {
    checkPriority(input);
    checkConditions(input, true);
    checkActions(input, "Actions", factsOf(book));
  },
  ModifyRule: (input, book) => {
    checkConditions(input, false);
    checkActions(input, "Actions", factsOf(book));
  },
  SetRulePriorities: nothing,
  DeleteRule: nothing,
  CreateTargetGroup: (input) => checkGroup(input, newGroupTimes),
  ModifyTargetGroup: (input, book) => {
    const check = groupOf(input, book)?.settings.check;
    checkGroup(input, check ? { interval: check.intervalMs / 1000, timeout: check.timeoutMs / 1000 } : newGroupTimes);
  },
  ModifyTargetGroupAttributes: (input) => checkGroupAttributes(input),
  DeleteTargetGroup: (input, book) => {
    const group = groupOf(input, book);
    if (!group?.isInUse) return;
    throw new AwsFault(
      "ResourceInUse",
      `Target group '${group.settings.arn}' is currently in use by a listener or a rule`,
    );
  },
};

/**
 * The service as the load balancers of the sandbox need it.
 *
 * @param reload reads a scope's tables anew, so that a change holds when its caller hears of it
 */
export function balancerApi(book: TargetBook, reload: (caller: Caller) => Promise<void>): ServiceApi {
  const watched = Object.entries(changes).map(([name, check]): [string, Operation] => [
    name,
    { kind: "watched", before: (input) => check(input, book), after: (_input, caller) => reload(caller) },
  ]);
  return {
    service: "elasticloadbalancing",
    reason: "moto keeps the configuration; requests, target health and the ends of targets are the sandbox's own",
    operations: { ...Object.fromEntries(watched), ...targetOperations(book) },
  };
}

const withGroup = z.object({ TargetGroupArn: z.string() });
const groupOf = (input: Input, book: TargetBook) => book.find(read(withGroup, input).TargetGroupArn);

/** API reference, CreateRule. */
function checkPriority(input: Input): void {
  const { Priority } = read(z.object({ Priority: integer.optional() }), input);
  if (Priority !== undefined) within(Priority, 1, 50_000, "priority");
}

const factsOf = (book: TargetBook): GroupFacts => ({
  stickiness: (arn) => {
    const group = book.find(arn);
    const stickiness = group?.settings.stickiness;
    return group && { isOn: stickiness !== undefined, isOfApplication: stickiness?.applicationCookie !== undefined };
  },
});

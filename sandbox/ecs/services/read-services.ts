import type { Answer, Input } from "../../model/service-api";
import type { Scope } from "../../model/scope";
import { faults } from "./faults";
import { inputs, parse } from "./inputs";
import { pageOf } from "./pages";
import { lastPart, serviceArn } from "./service-book";
import type { ServiceDesk } from "./service-desk";
import { serviceAnswer } from "./service-answer";

/** DescribeServices: "You may specify up to 10 services to describe in a single operation." */
const describedAtOnce = 10;

/** DescribeServices. @throws AwsFault */
export async function describeServices(desk: ServiceDesk, raw: Input, scope: Scope): Promise<Answer> {
  const { cluster, services, include = [] } = parse(inputs.describeServices, raw);
  if (services.length === 0) throw faults.invalid("Services cannot be empty.");
  if (services.length > describedAtOnce) throw faults.invalid("Services cannot have more than 10 elements.");
  const { name: clusterName } = await desk.lookups.cluster(scope, cluster);
  const looked = [...new Set(services)].map((asked) => ({ asked, found: desk.book.find(scope, clusterName, asked) }));
  return {
    services: looked.flatMap(({ found }) =>
      found ? [serviceAnswer(found, desk.tasks, include.includes("TAGS"))] : [],
    ),
    failures: looked.flatMap(({ asked, found }) =>
      found ? [] : [{ arn: serviceArn(scope, clusterName, lastPart(asked)), reason: "MISSING" }],
    ),
  };
}

/** ListServices: 10 on a page unless asked otherwise; services that drain are not listed. @throws AwsFault */
export async function listServices(desk: ServiceDesk, raw: Input, scope: Scope): Promise<Answer> {
  const input = parse(inputs.listServices, raw);
  const cluster = await desk.lookups.cluster(scope, input.cluster);
  const arns = desk.book
    .list(scope)
    .filter(({ clusterArn, status }) => clusterArn === cluster.arn && status === "ACTIVE")
    .filter(({ revision }) => input.launchType === undefined || revision.launchType === input.launchType)
    .filter(
      ({ plain }) => input.schedulingStrategy === undefined || plain.schedulingStrategy === input.schedulingStrategy,
    )
    .filter(() => input.resourceManagementType !== "ECS")
    .map(({ arn }) => arn);
  const { items, nextToken } = pageOf(arns, input.maxResults ?? 10, input.nextToken);
  return { serviceArns: items, nextToken };
}

import { scopeOf, type Scope } from "../../model/scope";
import type { Answer, Operation } from "../../model/service-api";
import type { Tasks } from "../../model/tasks";
import { faults } from "./faults";
import type { ServiceBook } from "./service-book";
import { lastPart } from "./service-book";
import { countsOf } from "./service-view";

/** moto keeps the clusters and knows nothing of what is in them. */
export function clusterOperations(
  book: ServiceBook,
  tasks: Pick<Tasks, "list">,
): Readonly<Record<"DescribeClusters" | "DeleteCluster", Operation>> {
  return {
    DescribeClusters: {
      kind: "mended",
      mend: (answer) => {
        const clusters = answer["clusters"];
        if (!Array.isArray(clusters)) return answer;
        return { ...answer, clusters: (clusters as readonly Answer[]).map((one) => withCounts(one, book, tasks)) };
      },
    },
    DeleteCluster: {
      kind: "watched",
      before: ({ cluster }, caller) => {
        if (typeof cluster !== "string") return;
        const clusterArn = arnOf(caller, cluster);
        const services = servicesIn(book, clusterArn);
        if (services.some(({ status }) => status !== "INACTIVE")) throw faults.clusterContainsServices();
        const isAlive = tasks.list(caller, { clusterArn }).some(({ lastStatus }) => lastStatus !== "STOPPED");
        if (isAlive) throw faults.clusterContainsTasks();
      },
    },
  };
}

function withCounts(cluster: Answer, book: ServiceBook, tasks: Pick<Tasks, "list">): Answer {
  const { clusterArn } = cluster;
  const scope = typeof clusterArn === "string" ? scopeOf(clusterArn) : undefined;
  if (typeof clusterArn !== "string" || !scope) return cluster;
  const counts = countsOf(tasks.list(scope, { clusterArn }));
  return {
    ...cluster,
    runningTasksCount: counts.runningCount,
    pendingTasksCount: counts.pendingCount,
    activeServicesCount: servicesIn(book, clusterArn).filter(({ status }) => status === "ACTIVE").length,
  };
}

const servicesIn = (book: ServiceBook, clusterArn: string) =>
  book.list(scopeOf(clusterArn)).filter((one) => one.clusterArn === clusterArn);

const arnOf = ({ account, region }: Scope, cluster: string): string =>
  `arn:aws:ecs:${region}:${account}:cluster/${lastPart(cluster)}`;

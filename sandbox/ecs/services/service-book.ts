import { isDeepStrictEqual } from "node:util";
import { scopeKey, type Scope } from "../../model/scope";
import type { ServiceRecord } from "./service-record";

/** All services, by account, region, cluster and name. An INACTIVE one stays until its name is taken again. */
export class ServiceBook {
  private readonly byArn = new Map<string, ServiceRecord>();
  private readonly listeners: ((record: ServiceRecord) => void)[] = [];

  /** Keeps it; listeners hear of it when something differs. */
  put(record: ServiceRecord): void {
    if (isDeepStrictEqual(this.byArn.get(record.arn), record)) return;
    this.byArn.set(record.arn, record);
    for (const listener of this.listeners) listener(record);
  }

  onChange(listener: (record: ServiceRecord) => void): void {
    this.listeners.push(listener);
  }

  arn(arn: string): ServiceRecord | undefined {
    return this.byArn.get(arn);
  }

  /** @param cluster name or ARN @param service name or ARN */
  find(scope: Scope, cluster: string, service: string): ServiceRecord | undefined {
    return this.byArn.get(serviceArn(scope, lastPart(cluster), lastPart(service)));
  }

  /** In the order of their creation. */
  list(scope?: Scope): readonly ServiceRecord[] {
    const all = [...this.byArn.values()];
    return scope === undefined ? all : all.filter((one) => scopeKey(one) === scopeKey(scope));
  }
}

/** The long form that AWS has used since 2018. */
export const serviceArn = ({ account, region }: Scope, clusterName: string, name: string): string =>
  `arn:aws:ecs:${region}:${account}:service/${clusterName}/${name}`;

/** What a name or an ARN ends in: `main` of `arn:...:cluster/main`. */
export const lastPart = (nameOrArn: string): string => nameOrArn.slice(nameOrArn.lastIndexOf("/") + 1);

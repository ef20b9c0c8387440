import { randomBytes, randomInt } from "node:crypto";
import type { Scope } from "../../model/scope";

/** 19 digits, as AWS names service revisions; the deployment of one is `ecs-svc/<its id>`. */
export const revisionId = (): string => Array.from({ length: 19 }, () => randomInt(10)).join("");

interface Owner extends Scope {
  readonly clusterName: string;
  readonly name: string;
}

export const revisionArn = ({ account, region, clusterName, name }: Owner, id: string): string =>
  `arn:aws:ecs:${region}:${account}:service-revision/${clusterName}/${name}/${id}`;

/** A new one, ending in 21 letters, digits, `_` and `-`. */
export const newServiceDeploymentArn = ({ account, region, clusterName, name }: Owner): string =>
  `arn:aws:ecs:${region}:${account}:service-deployment/${clusterName}/${name}/` +
  randomBytes(16).toString("base64url").slice(0, 21);

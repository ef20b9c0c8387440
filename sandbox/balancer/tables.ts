import { isSameScope } from "./same-scope";
import type { Told, ToldAction, ToldBalancer, ToldListener, ToldRule } from "./door";
import type { Group } from "./groups/group";
import { groupSettings } from "./groups/settings";
import type { TargetBook } from "./groups/target-book";
import { compileConditions, type Condition } from "./routing/conditions";
import { redirectOf, type Redirect } from "./routing/redirect";
import type { Weighted } from "./routing/weighted";
import type { Scope } from "../model/scope";

/** A load balancer as the data plane needs it. */
export interface Balancer {
  readonly arn: string;
  readonly scope: Scope;
  readonly name: string;
  readonly dnsName: string;
  /** `app/<name>/<id>`, the value of CloudWatch's dimension. */
  readonly dimension: string;
  /** Zone of the one node that there is here. */
  readonly zone: string;
  readonly idleMs: number;
  readonly dropsInvalidHeaders: boolean;
  readonly keepsHost: boolean;
  readonly forwardedFor: "append" | "preserve" | "remove";
  readonly tellsClientPort: boolean;
  readonly tellsTls: boolean;
}

export interface Listener {
  readonly arn: string;
  readonly balancer: Balancer;
  readonly port: number;
  readonly protocol: "HTTP" | "HTTPS";
  /** Names of its certificates. */
  readonly names: readonly string[];
  readonly tellsServer: boolean;
  /** In the order in which they are tried; the default rule is the last one. */
  readonly rules: readonly Rule[];
}

export interface Rule {
  readonly arn: string;
  readonly priority: string;
  readonly conditions: readonly Condition[];
  readonly action: RuleAction;
  /** As the cloud tells it. */
  readonly told: ToldRule;
}

export type RuleAction =
  | {
      readonly kind: "forward";
      readonly groups: readonly Weighted<Group>[];
      /** Seconds that a client stays with its group; undefined without stickiness. */
      readonly stickySeconds: number | undefined;
    }
  | { readonly kind: "redirect"; readonly redirect: Redirect }
  | { readonly kind: "fixed-response"; readonly status: number; readonly contentType: string; readonly body: string }
  /** Nothing here can do it: the load balancer's own error. */
  | { readonly kind: "refused"; readonly status: number };

/** Takes what the cloud tells of one scope: groups go into the book, and the listeners are given back. */
export function readTables(scope: Scope, told: Told, book: TargetBook): readonly Listener[] {
  book.apply((settings) => isSameScope(settings.scope, scope), told.TargetGroups.map(groupSettings), usedGroups(told));
  const balancers = new Map(
    told.LoadBalancers.filter(({ Type }) => Type === "application").map((one) => [
      one.LoadBalancerArn,
      balancerOf(scope, one),
    ]),
  );
  const rulesOf = (arn: string): ToldRule[] => told.Rules.filter(({ ListenerArn }) => ListenerArn === arn);
  return told.Listeners.flatMap((listener) => {
    const balancer = balancers.get(listener.LoadBalancerArn);
    return balancer ? [listenerOf(listener, balancer, rulesOf(listener.ListenerArn), book)] : [];
  });
}

const usedGroups = (told: Told): ReadonlySet<string> =>
  new Set(
    told.Rules.flatMap(({ Actions }) =>
      Actions.flatMap(({ ForwardConfig }) =>
        (ForwardConfig?.TargetGroups ?? []).flatMap(({ TargetGroupArn }) => TargetGroupArn ?? []),
      ),
    ),
  );

function balancerOf(scope: Scope, { LoadBalancerArn: arn, ...told }: ToldBalancer): Balancer {
  const { Attributes: attributes } = told;
  const mode = attributes["routing.http.xff_header_processing.mode"];
  const isOn = (key: string): boolean => attributes[key] === "true";
  return {
    arn,
    scope,
    name: told.LoadBalancerName,
    dnsName: told.DNSName,
    dimension: arn.slice(arn.indexOf("loadbalancer/") + "loadbalancer/".length),
    zone: told.AvailabilityZones[0]?.ZoneName ?? `${scope.region}a`,
    idleMs: (Number(attributes["idle_timeout.timeout_seconds"]) || 60) * 1000,
    dropsInvalidHeaders: isOn("routing.http.drop_invalid_header_fields.enabled"),
    keepsHost: isOn("routing.http.preserve_host_header.enabled"),
    forwardedFor: mode === "preserve" || mode === "remove" ? mode : "append",
    tellsClientPort: isOn("routing.http.xff_client_port.enabled"),
    tellsTls: isOn("routing.http.x_amzn_tls_version_and_cipher_suite.enabled"),
  };
}

function listenerOf(told: ToldListener, balancer: Balancer, rules: readonly ToldRule[], book: TargetBook): Listener {
  const hosts = rules.flatMap(({ Conditions }) =>
    Conditions.flatMap(({ HostHeaderConfig, Values, Field }) =>
      Field === "host-header" ? (HostHeaderConfig?.Values ?? Values ?? []) : [],
    ),
  );
  const names = [
    balancer.dnsName,
    "localhost",
    ...told.Certificates.flatMap(({ DomainNames }) => DomainNames),
    ...hosts,
  ];
  return {
    arn: told.ListenerArn,
    balancer,
    port: told.Port,
    protocol: told.Protocol === "HTTPS" ? "HTTPS" : "HTTP",
    names: [...new Set(names.map((name) => name.toLowerCase()).filter(isCertifiable))],
    tellsServer: told.Attributes["routing.http.response.server.enabled"] !== "false",
    rules: [...rules].sort(byPriority).map((rule) => ({
      arn: rule.RuleArn,
      priority: rule.Priority,
      conditions: compileConditions(rule.Conditions),
      action: actionOf(rule.Actions, book),
      told: rule,
    })),
  };
}

/** A certificate's name may have one wildcard, as its whole first part (RFC 9525). */
const isCertifiable = (name: string): boolean => /^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name);

const place = ({ IsDefault, Priority }: ToldRule): number => (IsDefault ? Number.MAX_SAFE_INTEGER : Number(Priority));
const byPriority = (one: ToldRule, other: ToldRule): number => place(one) - place(other);

/** TABLE of actions that come before the last one; whoever meets one of them gets this status. */
const refusing: Readonly<Record<string, number>> = {
  "authenticate-oidc": 500, // "the IdP endpoint is unreachable"
  "authenticate-cognito": 500,
  "jwt-validation": 401,
};

function actionOf(actions: readonly ToldAction[], book: TargetBook): RuleAction {
  const inOrder = [...actions].sort((one, other) => (one.Order ?? 1) - (other.Order ?? 1));
  const [first] = inOrder;
  const refused = first && Object.hasOwn(refusing, first.Type) ? refusing[first.Type] : undefined;
  if (refused !== undefined) return { kind: "refused", status: refused };
  const last = inOrder.at(-1);
  if (last?.ForwardConfig) {
    const sticky = last.ForwardConfig.TargetGroupStickinessConfig;
    return {
      kind: "forward",
      groups: last.ForwardConfig.TargetGroups.flatMap(({ TargetGroupArn, Weight }) => {
        const item = book.find(TargetGroupArn ?? "");
        return item ? [{ item, weight: Weight ?? 1 }] : [];
      }),
      stickySeconds: sticky?.Enabled ? (sticky.DurationSeconds ?? 3600) : undefined,
    };
  }
  if (last?.RedirectConfig) return { kind: "redirect", redirect: redirectOf(last.RedirectConfig) };
  if (last?.FixedResponseConfig) {
    const { StatusCode, ContentType, MessageBody } = last.FixedResponseConfig;
    return {
      kind: "fixed-response",
      status: Number(StatusCode),
      contentType: ContentType ?? "text/plain; charset=utf-8",
      body: MessageBody ?? "",
    };
  }
  return { kind: "refused", status: 503 };
}

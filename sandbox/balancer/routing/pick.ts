import type { Group } from "../groups/group";
import { chooseTarget, type Chance } from "../groups/choose-target";
import type { Target } from "../groups/target";
import type { RuleAction } from "../tables";
import { applicationCookie, cookiesOf, readToken, stickyCookies } from "./stickiness";
import { chooseByWeight } from "./weighted";

/** Where a request goes. Without a target it gets 503. */
export interface Pick {
  readonly group: Group | undefined;
  readonly target: Target | undefined;
  /** Set-Cookie headers of the answer. */
  readonly cookies: readonly string[];
  /** Name of the application's cookie: its answer decides whether the client stays with the target. */
  readonly awaitsCookie: string | undefined;
}

type Forward = Extract<RuleAction, { readonly kind: "forward" }>;

const noCookies: readonly string[] = [];

/** First the group, by cookie or weight, then the target in it: there is no way back to another group. */
export function pick(action: Forward, cookieHeader: string | undefined, chance: Chance): Pick {
  const lone = action.groups.length === 1 ? action.groups[0] : undefined;
  const isSticky = action.stickySeconds !== undefined;
  if (!isSticky && lone && !lone.item.settings.stickiness) {
    const target = lone.weight > 0 ? chooseTarget(lone.item, chance) : undefined;
    return { group: lone.item, target, cookies: noCookies, awaitsCookie: undefined };
  }
  const cookies = cookieHeader === undefined ? emptyCookies : cookiesOf(cookieHeader);
  const group =
    (isSticky ? boundGroup(action, cookies, chance) : undefined) ?? chooseByWeight(action.groups, chance.random());
  const target = group && (boundTarget(group, cookies, chance) ?? chooseTarget(group, chance));
  return {
    group,
    target,
    cookies: group && target ? cookiesFor(action, group, target, chance) : noCookies,
    awaitsCookie: group?.settings.stickiness?.applicationCookie,
  };
}

const emptyCookies: ReadonlyMap<string, string> = new Map();

/** A cookie goes before the weights, even before a weight of 0. */
function boundGroup(action: Forward, cookies: ReadonlyMap<string, string>, chance: Chance): Group | undefined {
  const token = readToken(cookies.get("AWSALBTG") ?? cookies.get("AWSALBTGCORS"), chance.now());
  return action.groups.find(({ item }) => item.settings.arn === token?.group)?.item;
}

/** Another one is chosen when it is not healthy any more. */
function boundTarget(group: Group, cookies: ReadonlyMap<string, string>, chance: Chance): Target | undefined {
  const { stickiness } = group.settings;
  if (!stickiness) return undefined;
  const cookie =
    stickiness.applicationCookie === undefined
      ? (cookies.get("AWSALB") ?? cookies.get("AWSALBCORS"))
      : cookies.get(applicationCookie);
  const token = readToken(cookie, chance.now());
  if (token?.group !== group.settings.arn || token.target === undefined) return undefined;
  const target = group.targets.get(token.target);
  return target && group.routable.includes(target) ? target : undefined;
}

function cookiesFor(action: Forward, group: Group, target: Target, chance: Chance): readonly string[] {
  const { arn, stickiness } = group.settings;
  const now = chance.now();
  return [
    ...(action.stickySeconds === undefined
      ? []
      : stickyCookies("AWSALBTG", { group: arn, seconds: action.stickySeconds, now })),
    ...(stickiness === undefined || stickiness.applicationCookie !== undefined
      ? []
      : stickyCookies("AWSALB", { group: arn, target, seconds: stickiness.seconds, now })),
  ];
}

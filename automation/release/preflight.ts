import type { Context } from "../context";
import { exitCodes, SlipwayError } from "../model/errors";
import type { ReleaseRequest } from "../model/release/journal";
import type { ServicePlan } from "../model/release/plan";
import type { Journals } from "../ports/journals";
import { look } from "./preflight/look";
import type { PreflightFinding, Seen } from "./preflight/preflight-check";
import { preflightChecks } from "./preflight/preflight-checks";
import type { StackFacts } from "./stack-facts";
import { sameImages } from "../model/release/image-reference";

export type PreflightContext = Pick<
  Context,
  "config" | "stack" | "containers" | "traffic" | "metrics" | "registry" | "journals"
>;

export interface PreflightOptions {
  /** What goes back to a version, or starts the same again, needs no proof from elsewhere. */
  readonly command: ReleaseRequest["command"];
  /** Records of another stack of the project, for `slipway:promotion.verifiedIn`. @default they cannot be read */
  readonly journalsOf?: (stack: string) => Journals | Promise<Journals>;
}

/** A finding, and whose it is. */
export type PreflightResult = PreflightFinding & { readonly service: string; readonly check: string };

export interface PreflightReport {
  /** Any of them stops the release. */
  readonly failed: readonly Extract<PreflightResult, { kind: "failed" }>[];
  readonly warned: readonly Extract<PreflightResult, { kind: "warned" }>[];
}

/** Asks everything at the same time and tells everything at once. Nothing is changed. */
export async function runPreflight(
  context: PreflightContext,
  plans: readonly ServicePlan[],
  facts: StackFacts,
  options: PreflightOptions,
): Promise<PreflightReport> {
  const seen = await Promise.all(plans.map((plan) => look(context, plan, facts, options)));
  const results = seen.flatMap(judge);
  return {
    failed: results.filter((result) => result.kind === "failed"),
    warned: results.filter((result) => result.kind === "warned"),
  };
}

/** Every finding about one service. */
export function judge(seen: Seen): readonly PreflightResult[] {
  const own = preflightChecks.flatMap(({ id, run, onlyWarns = [] }) =>
    run(seen).map((finding) => ({ check: id, ...(onlyWarns.includes(seen.command) ? warning(finding) : finding) })),
  );
  return [...own, ...unanswered(seen)].map((finding) => ({ service: seen.plan.service, ...finding }));
}

const warning = ({ text, remedy }: PreflightFinding): PreflightFinding => ({ kind: "warned", text, remedy });

/** What could not be looked at cannot be called good. */
function unanswered(seen: Seen): readonly (PreflightFinding & { readonly check: string })[] {
  const asked = [seen.services, seen.running, seen.targets, seen.routes, seen.alarms, seen.images, seen.evidence];
  return asked.flatMap((each) =>
    each.kind === "known"
      ? []
      : [
          {
            check: "aws-answers",
            kind: "failed" as const,
            text: `${each.error.operation} failed: ${each.error.message} (${each.error.code})`,
            remedy:
              each.error.kind === "denied"
                ? "Check the credentials: they have expired, or lack this right."
                : "Try again in a moment.",
            exitCode: exitCodes.failed,
          },
        ],
  );
}

/** The end of a command whose preflight failed; undefined when it passed. */
export function preflightError({ failed, warned }: PreflightReport): SlipwayError | undefined {
  if (failed.length === 0) return undefined;
  const paragraphs = failed.map(({ service, check, text, remedy }) => `  ${service}: ${text}\n    ${check}: ${remedy}`);
  return new SlipwayError({
    code: "preflight",
    exitCode: worst(failed.map(({ exitCode }) => exitCode)),
    message: [`The preflight found ${failed.length} ${failed.length === 1 ? "fault" : "faults"}:`, ...paragraphs].join(
      "\n\n",
    ),
    remedy: "Nothing was changed.",
    data: { failed, warned },
  });
}

/** What the operator has to clear comes before a side that is not healthy, and that before a question without answer. */
const worst = (codes: readonly number[]): number =>
  [exitCodes.blocked, exitCodes.unhealthy].find((code) => codes.includes(code)) ?? exitCodes.failed;

/** Warnings as text, a line each; empty without any. */
export const describeWarnings = ({ warned }: PreflightReport): string =>
  warned.map(({ service, text, remedy }) => `warning: ${service}: ${text} ${remedy}`).join("\n");

/** Whether there is nothing to release: the images are those that the live side runs. */
export const isUnchanged = ({ from, to, restart }: ServicePlan): boolean =>
  !restart && sameImages(from.images, to.images);

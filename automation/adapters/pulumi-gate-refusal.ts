import { exitCodes, SlipwayError } from "../model/errors";
import type { Stray } from "../model/release/release-rules";
import type { Finding } from "./pulumi-declaration";

/** Why a release is not applied, by resources and properties; values may be secret. */
export function gateRefusal(stack: string, findings: readonly Finding[]): SlipwayError {
  const fresh = findings.flatMap((finding) => (finding.kind === "not-deployed" ? [finding.name] : []));
  if (fresh.length > 0) {
    return new SlipwayError({
      code: "not-deployed",
      exitCode: exitCodes.blocked,
      message: `${fresh.join(", ")}: not deployed in ${stack} yet. Nothing was changed.`,
      remedy: `Deploy the configuration first: \`slipway up ${stack}\`.`,
      data: { resources: fresh },
    });
  }
  return new SlipwayError({
    code: "release-gate",
    exitCode: exitCodes.blocked,
    message: [
      "The configuration is not what is deployed, and a release changes images only. Nothing was changed.",
      ...findings.map((finding) => `  ${toldOf(finding)}`),
    ].join("\n"),
    remedy: `Apply the configuration first: \`slipway up ${stack}\`. Then release.`,
    data: { findings },
  });
}

/** What a preview of a release would do beyond its rules. */
export const strayRefusal = (stack: string, strays: readonly Stray[]): SlipwayError =>
  new SlipwayError({
    code: "release-gate",
    exitCode: exitCodes.blocked,
    message: ["More would change than a release may. Nothing was changed.", ...strays.map(toldOfStray)].join("\n"),
    remedy: `Look at it with \`slipway preview ${stack}\`, and apply the configuration with \`slipway up ${stack}\`.`,
    data: { strays },
  });

/** What a run has done beyond its rules, although its gate was open. */
export const strayEnd = (stack: string, strays: readonly Stray[]): SlipwayError =>
  new SlipwayError({
    code: "release-exceeded",
    exitCode: exitCodes.failed,
    message: ["More was changed than a release may.", ...strays.map(toldOfStray)].join("\n"),
    remedy: `Look at the resources, and then at \`slipway preview ${stack}\`.`,
    data: { strays },
  });

const toldOfStray = ({ op, name, properties }: Stray): string =>
  `  ${op} ${name}${properties.length === 0 ? "" : `: ${properties.join(", ")}`}`;

function toldOf(finding: Finding): string {
  switch (finding.kind) {
    case "differs":
      return `${finding.name}: ${finding.properties.join(", ")}`;
    case "depends":
      return `${finding.name} needs ${finding.on.join(", ")}, not deployed yet`;
    case "undeclared":
      return `${finding.name} is deployed, and not in the configuration any more`;
    case "not-deployed":
      return `${finding.name} is not deployed yet`;
    case "unread":
      return "what it declares could not be read";
  }
}

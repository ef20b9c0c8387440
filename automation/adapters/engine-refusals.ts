import { exitCodes } from "../model/errors";
import { whenSaid, type EngineErrorRule } from "./engine-error-rule";
import { differingKeys } from "./pulumi-secrets";
import { layerOfUrn, nameOfUrn } from "./pulumi-targets";

/** What the engine or the provider refuses to do, though it could. */
export const refusals: readonly EngineErrorRule[] = [
  {
    code: "plan-violated",
    exitCode: exitCodes.blocked,
    reason: "What would be applied is not what was approved.",
    tell: whenSaid(
      /(?:resource )?(urn:pulumi:\S+)? ?violates plan: (?:properties changed: ([\s\S]*))?/,
      ([, urn, differences], { stack }) => {
        const keys = differingKeys(differences ?? "");
        const what = urn === undefined ? "A resource" : nameOfUrn(urn);
        return {
          message: `${what} is not what the approved preview showed${keys.length === 0 ? "" : ` (${keys.join(", ")})`}: it was not applied.`,
          remedy: `Something changed between preview and update. Preview again: \`slipway preview ${stack}\`.`,
          ...(urn === undefined ? {} : { resource: urn }),
          data: { differs: keys },
        };
      },
    ),
  },
  {
    code: "protected-resource",
    exitCode: exitCodes.blocked,
    reason: "The engine refuses to delete or replace what is marked as protected.",
    tell: whenSaid(
      /(?:unable to replace resource|resource) "(urn:pulumi:[^"]+)"\s+(?:as it is currently marked for protection|cannot be deleted)/,
      ([, urn]) => ({
        message: `${nameOfUrn(urn ?? "")} is protected: it can be neither deleted nor replaced.`,
        remedy:
          "Protection is configuration. Take it off in a step of its own, after looking at what is in the resource.",
        ...(urn === undefined ? {} : { resource: urn }),
      }),
    ),
  },
  {
    code: "layer-order",
    exitCode: exitCodes.usage,
    reason: "A layer was asked for by itself that stands on one that is not there.",
    tell: whenSaid(
      /Resource '([^']+)' depends on '([^']+)' which was (?:was )?not specified in --target list/,
      ([, urn, needed], { stack }) => {
        const [layer, first] = [layerOfUrn(urn ?? ""), layerOfUrn(needed ?? "")];
        return {
          message:
            layer === undefined || first === undefined
              ? `${nameOfUrn(urn ?? "")} needs ${nameOfUrn(needed ?? "")}, which is not there yet.`
              : `Layer ${layer} needs layer ${first} first: ${nameOfUrn(needed ?? "")} is not there yet.`,
          remedy:
            first === undefined
              ? `Run it for the whole of ${stack}.`
              : `\`slipway up ${stack} --layer ${first}\`, or the whole of ${stack}.`,
          ...(urn === undefined ? {} : { resource: urn }),
        };
      },
    ),
  },
  {
    code: "layer-in-use",
    exitCode: exitCodes.blocked,
    reason: "A layer was to be destroyed that another one stands on.",
    tell: whenSaid(
      /Resource '([^']+)' will be destroyed but was not specified in --target list/,
      ([, urn], { stack }) => ({
        message: `${nameOfUrn(urn ?? "")}${layerOfUrn(urn ?? "") === undefined ? "" : ` in layer ${layerOfUrn(urn ?? "")}`} stands on this layer; nothing was destroyed.`,
        remedy: `Destroy ${layerOfUrn(urn ?? "") ?? "it"} first, or the whole of ${stack}.`,
        ...(urn === undefined ? {} : { resource: urn }),
      }),
    ),
  },
  {
    code: "account-mismatch",
    exitCode: exitCodes.blocked,
    reason: "The credentials belong to an account that the environment must not be built in.",
    tell: whenSaid(
      /AWS account ID not allowed: ?(\d+)?|account (\d{12}) is not (?:one of the )?allowed/i,
      ([, a, b], { stack }) => ({
        message: `The credentials belong to account ${a ?? b ?? "(unknown)"}, in which ${stack} must not be built.`,
        remedy: "Use credentials of the account that the stack file names. Nothing was changed.",
      }),
    ),
  },
];

import { stackFileSchema } from "../../infra/config/json-schema";
import { configReference } from "../../infra/config/reference";
import { commands } from "../commands";
import { gateRules } from "../gate/rules";
import { cliReference } from "./cli-reference";
import { releasesPage } from "./default-steps";
import { gateReference } from "./gate-reference";

/** A checked-in file that is derived from the sources, in whole or in part. */
export interface DerivedDocument {
  readonly path: string;
  readonly render: () => string;
}

/** All of them. A test fails when a checked-in one is not what is rendered here. */
export const documents: readonly DerivedDocument[] = [
  { path: "docs/configuration.md", render: configReference },
  { path: "docs/config.schema.json", render: () => `${JSON.stringify(stackFileSchema(), null, 2)}\n` },
  { path: "docs/cli.md", render: () => cliReference(commands) },
  { path: "docs/releases.md", render: releasesPage },
  { path: "docs/diff-gate.md", render: () => gateReference(gateRules) },
];

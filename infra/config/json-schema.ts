import { z } from "zod";
import { stackConfigSchema } from "./schema";

/** The part of JSON Schema that the configuration uses. */
export interface SchemaNode {
  /** Several when any of them will do. */
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  /** What the pattern asks for in words; editors show it instead of the pattern. */
  readonly patternErrorMessage?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly propertyNames?: SchemaNode;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly required?: readonly string[];
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
}

/** Shape of the keys under `slipway:`, as they are written (before defaults are filled in). */
export function configSchemaNode(): SchemaNode {
  return z.toJSONSchema(stackConfigSchema, {
    io: "input",
    target: "draft-7",
    override: ({ zodSchema, jsonSchema }) => addWords(zodSchema, jsonSchema),
  }) as SchemaNode;
}

/** Carries the words of a rule over, which a pattern alone does not have. */
function addWords(schema: z.core.$ZodTypes, node: z.core.JSONSchema.BaseSchema): void {
  const texts = (schema._zod.def.checks ?? []).flatMap((check) => {
    const words = check._zod.def.error as ((issue: object) => unknown) | undefined;
    const text = words?.({ path: [] });
    return typeof text === "string" ? [text] : [];
  });
  if (texts[0] !== undefined) node["patternErrorMessage"] = texts[0];
  // Bounds that JavaScript's own number type has, and no configuration means.
  if (node.minimum === Number.MIN_SAFE_INTEGER) delete node.minimum;
  if (node.maximum === Number.MAX_SAFE_INTEGER) delete node.maximum;
}

/** JSON Schema of a whole `Pulumi.<stack>.yaml`; keys of other namespaces, such as `aws:region`, are left alone. */
export function stackFileSchema(): Readonly<Record<string, unknown>> {
  const areas = configSchemaNode();
  const named = Object.entries(areas.properties ?? {}).map(([area, node]) => [`slipway:${area}`, node] as const);
  const secret = {
    type: "object",
    properties: { secure: { type: "string" } },
    required: ["secure"],
    additionalProperties: false,
  };
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Configuration of one environment (Pulumi.<stack>.yaml)",
    type: "object",
    properties: {
      config: {
        type: "object",
        properties: {
          "aws:region": { type: "string", description: "AWS region of the environment, for example eu-central-1." },
          ...Object.fromEntries(named),
          "slipway:databasePassword": {
            ...secret,
            description:
              "Master password for `password.source: supplied`; set it with `pulumi config set --secret slipway:databasePassword`.",
          },
        },
        required: ["aws:region", ...(areas.required ?? []).map((area) => `slipway:${area}`)],
        patternProperties: { "^(?!slipway:)": {} },
        additionalProperties: false,
      },
    },
    required: ["config"],
  };
}

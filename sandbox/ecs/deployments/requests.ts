import { AwsFault } from "../../model/aws-fault";
import type { Input } from "../../model/service-api";
import { statuses, type ServiceDeploymentStatus } from "./model";

const invalid = (message: string): AwsFault => new AwsFault("InvalidParameterException", message);

/** @throws AwsFault when it is missing or no text */
export function requiredText(input: Input, name: string): string {
  const value = input[name];
  if (typeof value !== "string" || value === "") throw invalid(`${name} can not be blank.`);
  return value;
}

/** Undefined when it is not given. @throws AwsFault */
export function optionalText(input: Input, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalid(`Invalid ${name}.`);
  return value;
}

/** "You can specify a maximum of 20 ARNs." @throws AwsFault */
export function requiredArns(input: Input, name: string): readonly string[] {
  const value = input[name];
  if (!isTexts(value) || value.length === 0) throw invalid(`${name} can not be empty.`);
  if (value.length > 20) throw invalid(`${name} can have at most 20 items.`);
  return value;
}

/** Of ListServiceDeployments: 1 to 100, 20 unless told. @throws AwsFault */
export function pageSize({ maxResults }: Input): number {
  if (maxResults === undefined || maxResults === null) return 20;
  if (typeof maxResults !== "number" || !Number.isInteger(maxResults) || maxResults < 1 || maxResults > 100)
    throw invalid("maxResults must be between 1 and 100.");
  return maxResults;
}

/** Undefined for all. @throws AwsFault */
export function wantedStatuses({ status }: Input): readonly ServiceDeploymentStatus[] | undefined {
  if (status === undefined || status === null) return undefined;
  if (!isTexts(status) || !status.every(isStatus)) throw invalid("Invalid status.");
  return status.length > 0 ? status : undefined;
}

/** JSON has epoch seconds; a text is taken for a date as ISO writes it. @throws AwsFault */
export function createdBetween({ createdAt }: Input): { readonly before?: Date; readonly after?: Date } {
  if (createdAt === undefined || createdAt === null) return {};
  if (typeof createdAt !== "object") throw invalid("Invalid createdAt.");
  const { before, after } = createdAt as Input;
  return {
    ...(before === undefined || before === null ? {} : { before: toDate(before) }),
    ...(after === undefined || after === null ? {} : { after: toDate(after) }),
  };
}

function toDate(value: unknown): Date {
  const date =
    typeof value === "number"
      ? new Date(value * 1000)
      : new Date(typeof value === "string" || value instanceof Date ? value : NaN);
  if (Number.isNaN(date.getTime())) throw invalid("Invalid createdAt.");
  return date;
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string");

const isStatus = (text: string): text is ServiceDeploymentStatus => Object.hasOwn(statuses, text);

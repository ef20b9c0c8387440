import { parseDuration } from "../duration";
import { badFault, checkedBy, faultRequest, type FaultRequest } from "./fault-request";
import { faultKind, usageOf } from "./kinds/all-kinds";
import type { FaultKind, FaultOption } from "./kinds/kind";

/** A request that its kind takes. */
export interface CheckedFault {
  readonly kind: FaultKind;
  readonly value: unknown;
  readonly request: FaultRequest;
  /** As one would type it. */
  readonly text: string;
  /** The sandbox's milliseconds; undefined for ever. */
  readonly forMs: number | undefined;
}

/** @throws AwsFault that says what is wrong */
export function checkedFault(asked: unknown): CheckedFault {
  const request = checkedBy(faultRequest, asked, "A fault");
  const kind = faultKind(request.kind);
  const usage = usageOf(request.kind, kind);
  const given = Object.keys(request).filter((name): name is FaultOption => name !== "kind" && name !== "value");
  const extra = given.filter((name) => request[name] !== undefined && !kind.options.includes(name));
  if (extra.length > 0) throw badFault(`${request.kind} does not take ${extra.map((name) => `--${name}`).join(", ")}.`);
  if (!kind.value && request.value !== undefined) throw badFault(`It is \`${usage}\`, without \`${request.value}\`.`);
  if (kind.value && request.value === undefined && usage.includes("<")) throw badFault(`It is \`${usage}\`.`);
  return {
    kind,
    value: kind.value && checkedBy(kind.value.schema, request.value, `${request.kind} <${kind.value.name}>`),
    request,
    text: typed(request, given),
    forMs: request.for === undefined ? undefined : duration(request.for),
  };
}

const typed = (request: FaultRequest, given: readonly FaultOption[]): string =>
  [
    request.kind,
    ...(request.value === undefined ? [] : [String(request.value)]),
    ...given.filter((name) => request[name] !== undefined).map((name) => `--${name} ${request[name]}`),
  ].join(" ");

function duration(text: string): number {
  try {
    return parseDuration(text, "--for");
  } catch (error) {
    throw badFault(error instanceof Error ? error.message : String(error));
  }
}

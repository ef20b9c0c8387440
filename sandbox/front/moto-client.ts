import { AwsFault } from "../model/aws-fault";
import type { Moto } from "../model/moto";
import type { Scope } from "../model/scope";
import type { CloudAddress } from "./call";
import { askCloud, type CloudAnswer } from "./cloud-client";
import { faultIn, fieldsIn, textIn } from "./cloud-fault";
import { accessKeyFor } from "./credential";
import { jsonOf } from "./wire/json";

/** The sandbox's own calls of moto: straight to it, so that no fault of the API and no part of the front touches them. */
export function motoClient(address: CloudAddress): Moto {
  const post = async (path: string, headers: Readonly<Record<string, string>>, body: string): Promise<CloudAnswer> =>
    askCloud(address, { method: "POST", path, headers, body });

  return {
    async call(scope, service, target, input) {
      const headers = { ...signedFor(scope, service), "content-type": jsonType, "x-amz-target": target };
      return fieldsOf(await post("/", headers, jsonOf(input)), target);
    },
    async query(scope, service, parameters) {
      const headers = { ...signedFor(scope, service), "content-type": "application/x-www-form-urlencoded" };
      const answer = await post("/", headers, new URLSearchParams(parameters).toString());
      const fault = faultIn(answer, `${service}:${parameters["Action"]}`);
      if (fault) throw fault;
    },
    async door(path, body) {
      const { status, body: answer } = await post(path, { "content-type": "application/json" }, JSON.stringify(body));
      const fields = fieldsIn(answer.toString());
      if (status < 400 && fields) return fields;
      const said = textIn(fields, "error") ?? answer.toString().slice(0, 500);
      throw new AwsFault(textIn(fields, "code") ?? "InternalFailure", `${path}: ${said}`, status);
    },
  };
}

const jsonType = "application/x-amz-json-1.1";

/** moto reads the account from its own header, and region and service from the credential; it checks no signature. */
function signedFor({ account, region }: Scope, service: string): Readonly<Record<string, string>> {
  const credential = `${accessKeyFor(account)}/20260101/${region}/${service}/aws4_request`;
  return {
    "x-moto-account-id": account,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=sandbox`,
  };
}

function fieldsOf(answer: CloudAnswer, asked: string): Readonly<Record<string, unknown>> {
  const fault = faultIn(answer, asked);
  if (fault) throw fault;
  if (answer.body.length === 0) return {};
  const fields = fieldsIn(answer.body.toString());
  if (!fields) throw new Error(`moto answered ${asked} with no JSON: ${answer.body.toString().slice(0, 200)}`);
  return fields;
}

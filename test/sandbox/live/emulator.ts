import { join } from "node:path";
import { RDSClient } from "@aws-sdk/client-rds";
import { ensurePythonEnvironment } from "../../../sandbox/emulator/python-environment";
import { startEmulator } from "../../../sandbox/emulator/emulator";
import { motoClient } from "../../../sandbox/front/moto-client";
import { AwsFault } from "../../../sandbox/model/aws-fault";
import type { Moto } from "../../../sandbox/model/moto";
import type { Scope } from "../../../sandbox/model/scope";
import { packageFolder } from "../../../sandbox/package-folder";

/** moto alone, on a clock that stands still unless the test moves it. */
export interface LoneEmulator {
  /** Of the present account. */
  readonly scope: Scope;
  readonly moto: Moto;
  readonly rds: RDSClient;
  /** Everything from now on is in an account without anything in it, at the first moment again. */
  fresh(): Promise<void>;
  /** Lets this much of the sandbox's time pass at once. */
  pass(seconds: number): Promise<void>;
  now(): Date;
  /** A call of Route 53, whose protocol the sandbox's own client does not speak. */
  rest(method: string, path: string, xml?: string): Promise<{ readonly status: number; readonly text: string }>;
  end(): void;
}

const region = "eu-central-1";

/** A Monday. */
const start = "2026-01-05T10:00:00.000Z";

/** Starts moto, which takes seconds: once for all tests of a file. */
export async function loneEmulator(): Promise<LoneEmulator> {
  const folder = packageFolder(__dirname);
  const python = await ensurePythonEnvironment({
    venv: join(folder, ".slipway", "sandbox", "venv"),
    requirementsFile: join(folder, "sandbox", "emulator", "requirements.txt"),
    say: () => undefined,
  });
  const { address, process: child } = await startEmulator(python, join(folder, "sandbox", "emulator", "server.py"));
  const endpoint = `http://${address.host}:${address.port}`;
  const moto = motoClient(address);
  let account = 100_000_000_000;
  let time = Date.parse(start);
  const pass = async (seconds: number): Promise<void> => {
    time += seconds * 1000;
    await moto.door("/slipway/clock", { sandboxAt: new Date(time).toISOString(), realAt: start, speed: 0 });
  };
  await pass(0);
  return {
    get scope() {
      return { account: String(account), region };
    },
    moto,
    rds: rdsClient(endpoint, () => String(account)),
    async fresh() {
      account += 1;
      time = Date.parse(start);
      await pass(0);
    },
    pass,
    now: () => new Date(time),
    async rest(method, path, xml) {
      const credential = `SANDBOX${account}/20260101/us-east-1/route53/aws4_request`;
      const answer = await fetch(`${endpoint}/2013-04-01${path}`, {
        method,
        headers: {
          "x-moto-account-id": String(account),
          authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=x`,
        },
        ...(xml === undefined ? {} : { body: xml }),
      });
      return { status: answer.status, text: await answer.text() };
    },
    end: () => void child.kill("SIGKILL"),
  };
}

/** The real client, in the name of the test's account: what the front does otherwise. */
function rdsClient(endpoint: string, account: () => string): RDSClient {
  const credentials = { accessKeyId: "SANDBOX", secretAccessKey: "x" };
  const client = new RDSClient({ region, endpoint, credentials, maxAttempts: 1 });
  client.middlewareStack.add(
    (next) => async (args) => {
      (args.request as { headers: Record<string, string> }).headers["x-moto-account-id"] = account();
      return next(args);
    },
    { step: "build" },
  );
  return client;
}

/** Code and message of a refusal; the answer when there was none. */
export async function refusalOf(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    (answer) => answer,
    (error: unknown) => {
      if (error instanceof AwsFault) return [error.code, error.message];
      if (error instanceof Error) return [(error as { Code?: string }).Code ?? error.name, error.message];
      throw error;
    },
  );
}

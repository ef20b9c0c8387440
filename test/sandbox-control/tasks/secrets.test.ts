import { expect } from "chai";
import type { StartFault } from "../../../sandbox/model/behaviour";
import { pickJsonKey } from "../../../sandbox/tasks/checks/json-key";
import { secretReference } from "../../../sandbox/tasks/checks/secret-reference";
import { parseDefinition } from "../../../sandbox/tasks/definition";
import { account, definitionOf, fault, goodAnswers, region, serviceOrder, TaskCloud, web } from "./task-cloud";

describe("a secret", () => {
  const arn = `arn:aws:secretsmanager:${region}:${account}:secret:database-AbCdEf`;
  const prefix =
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:";
  const asm = `${prefix} unable to retrieve secret from asm: service call has been retried 1 time(s):`;
  const value = (SecretString: string) => ({ "secretsmanager.GetSecretValue": () => ({ SecretString }) });
  const absent = "Secrets Manager can't find the specified secret.";
  const empty = "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT";
  const get = "secretsmanager.GetSecretValue";

  /** What a task tells that has this secret; undefined when it runs. */
  const told = async (valueFrom: string, answers: object, startFault?: StartFault): Promise<string | undefined> => {
    const containers = [{ ...web, secrets: [{ name: "PASSWORD", valueFrom }] }];
    const cloud = new TaskCloud({ ...goodAnswers(containers), ...answers });
    cloud.startFault = startFault;
    const { id } = cloud.running.tasks.start(serviceOrder);
    await cloud.clock.advance(150_000);
    await cloud.running.close();
    return cloud.task(id).stoppedReason;
  };

  const failures: readonly (readonly [string, string, object, string])[] = [
    [
      "is not there",
      arn,
      { [get]: fault("ResourceNotFoundException", absent) },
      `${asm} failed to fetch secret ${arn} from secrets manager: ResourceNotFoundException: ${absent}`,
    ],
    [
      "has no value yet",
      `${arn}:password::`,
      { [get]: fault("ResourceNotFoundException", empty) },
      `${asm} failed to fetch secret ${arn} from secrets manager: ResourceNotFoundException: ${empty}`,
    ],
    [
      "lacks the key",
      `${arn}:password::`,
      value('{"username":"x"}'),
      `${asm} retrieved secret from Secrets Manager did not contain json key password`,
    ],
    ["is no JSON", `${arn}:password::`, value("plain"), `${asm} invalid character 'p' looking for beginning of value`],
    [
      "is a parameter that is not there",
      "/shop/prod/url",
      { "AmazonSSM.GetParameters": () => ({ Parameters: [], InvalidParameters: ["/shop/prod/url"] }) },
      `${prefix} unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid parameters: /shop/prod/url`,
    ],
  ];
  for (const [name, valueFrom, answers, expected] of failures) {
    it(`that ${name} keeps the task from starting, in the words of AWS`, async () => {
      expect(await told(valueFrom, answers)).to.equal(expected);
    });
  }

  it("that is there lets the task start: whole, by key, stage and version, and from parameters", async () => {
    const parameters = { "AmazonSSM.GetParameters": () => ({ Parameters: [{ Name: "/a/b", Value: "x" }] }) };

    expect([
      await told(arn, value("plain")),
      await told(`${arn}:password:AWSPREVIOUS:`, value('{"password":"x"}')),
      await told(`arn:aws:ssm:${region}:${account}:parameter/a/b`, parameters),
    ]).to.deep.equal([undefined, undefined, undefined]);
  });

  it("is asked for where its ARN says, at the stage and version that it says", () => {
    expect(secretReference(`${arn}:password:AWSPREVIOUS:`)).to.deep.equal({
      kind: "secret",
      arn,
      account,
      region,
      jsonKey: "password",
      stage: "AWSPREVIOUS",
      version: undefined,
    });
    expect(secretReference(`arn:aws:ssm:${region}:${account}:parameter/url`)).to.deep.include({
      names: ["url", "/url"],
    });
  });

  const texts: readonly (readonly [string, string])[] = [
    ["treasure", "invalid character 'e' in literal true (expecting 'u')"],
    ["", "unexpected end of JSON input"],
    ["[1]", "json: cannot unmarshal array into Go value of type map[string]interface {}"],
    ["7", "json: cannot unmarshal number into Go value of type map[string]interface {}"],
  ];
  for (const [text, why] of texts) {
    it(`with the value ${JSON.stringify(text)} has no keys`, () => {
      expect(pickJsonKey(text, "a")).to.deep.equal({ kind: "wrong", why });
    });
  }

  it("never leaves: not in the API, the logs, the program's answers or the sandbox's own log", async () => {
    const hidden = "do-not-tell-anybody";
    const secrets = ["SERVICE_NAME", "APP_VERSION", "DB_HOST"].map((name) => ({
      name,
      valueFrom: `${arn}:password::`,
    }));
    const log = { logDriver: "awslogs", options: { "awslogs-group": "/ecs/web", "awslogs-stream-prefix": "ecs" } };
    const containers = [{ ...web, secrets, logConfiguration: log }];
    const cloud = new TaskCloud({ ...goodAnswers(containers), ...value(JSON.stringify({ password: hidden })) });
    cloud.behaviour = { hasNoDatabase: true, errorPercent: 50 };
    const task = await cloud.started();
    const bodies = await Promise.all(
      ["/health", "/", "/", "/env"].map(async (path) => (await fetch(`http://${task.ip}:38080${path}`)).text()),
    );
    cloud.running.tasks.stop(task.id, { code: "UserInitiated", text: "enough" });
    await cloud.clock.advance(60_000);
    await cloud.running.close();
    const everything = [
      bodies,
      cloud.said,
      cloud.moto.calls,
      cloud.running.snapshot(),
      cloud.task(task.id),
      await cloud.call("DescribeTasks", { cluster: "shop", tasks: [task.id] }),
    ];

    expect(cloud.moto.calls.some(({ name }) => name === "Logs_20140328.PutLogEvents")).to.equal(true);
    expect(JSON.stringify(everything)).not.to.contain(hidden);
  });

  const faults: readonly (readonly [StartFault["kind"], RegExp])[] = [
    [
      "role-denied",
      /AccessDeniedException: User: .*execution.* is not authorized to perform: secretsmanager:GetSecretValue on resource: arn/,
    ],
    ["secrets-unreachable", /ResourceInitializationError: .*failed to fetch secret .*: i\/o timeout$/],
    ["registry-unreachable", /^CannotPullContainerError: .*dial tcp .*: i\/o timeout$/],
    ["registry-denied", /^CannotPullContainerError: .*403 Forbidden$/],
    ["image-missing", /^CannotPullContainerError: .*: not found$/],
  ];
  for (const [kind, text] of faults) {
    it(`or image with the fault ${kind} keeps the task from starting`, async () => {
      expect(await told(arn, value("x"), { kind })).to.match(text);
    });
  }
});

describe("a role", () => {
  it("that is not there keeps the task from starting", async () => {
    const cloud = new TaskCloud({ ...goodAnswers(), "iam.GetRole": fault("NoSuchEntity", "not found") });
    const { id } = cloud.running.tasks.start(serviceOrder);
    await cloud.clock.advance(60_000);
    await cloud.running.close();

    expect(cloud.task(id)).to.deep.include({
      stopCode: "TaskFailedToStart",
      stoppedReason:
        `ECS was unable to assume the role 'arn:aws:iam::${account}:role/execution' that was provided for this task. ` +
        "Please verify that the role being passed has the proper trust relationship and permissions and that your IAM " +
        "user has permissions to pass this role.",
    });
  });
  it("whose ARN is empty is none", async () => {
    const cloud = new TaskCloud({ ...goodAnswers(), "iam.GetRole": fault("NoSuchEntity", "not found") });
    const { id } = cloud.running.tasks.start({ ...serviceOrder, overrides: { taskRoleArn: "", executionRoleArn: "" } });
    await cloud.clock.advance(60_000);
    const inherited = cloud.task(id).stoppedReason;
    await cloud.running.close();

    expect(parseDefinition({ ...definitionOf([web]), taskRoleArn: "", executionRoleArn: "" })).to.deep.include({
      taskRoleArn: undefined,
      executionRoleArn: undefined,
    });
    expect(inherited).to.contain("role/execution");
  });
});

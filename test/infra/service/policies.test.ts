import { expect } from "chai";
import { ecrRepositoryArn, executionPolicy, taskTrust } from "../../../infra/service/policies";

const logs = "arn:aws:logs:eu-central-1:686831565523:log-group:/ecs/shop";
const logStatement = {
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: [`${logs}:*`],
};

describe("executionPolicy", () => {
  it("allows exactly the images, logs, secrets and parameters of the service, each once", () => {
    const policy = executionPolicy({
      images: [
        "686831565523.dkr.ecr.eu-central-1.amazonaws.com/shop/web:v1",
        "686831565523.dkr.ecr.eu-central-1.amazonaws.com/shop/web:v2",
        "686831565523.dkr.ecr.eu-west-1.amazonaws.com/proxy@sha256:0f",
        "docker.io/library/redis:7",
      ],
      logGroupArns: [logs],
      secretArns: ["arn:secret:b", "arn:secret:a", "arn:secret:b"],
      parameterArns: ["arn:parameter"],
    });

    expect(policy).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: ["*"] },
        {
          Effect: "Allow",
          Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
          Resource: [
            "arn:aws:ecr:eu-central-1:686831565523:repository/shop/web",
            "arn:aws:ecr:eu-west-1:686831565523:repository/proxy",
          ],
        },
        logStatement,
        { Effect: "Allow", Action: ["secretsmanager:GetSecretValue"], Resource: ["arn:secret:a", "arn:secret:b"] },
        { Effect: "Allow", Action: ["ssm:GetParameters"], Resource: ["arn:parameter"] },
      ],
    });
  });

  it("allows nothing but logs to a service with a public image and no secrets", () => {
    const needs = { images: ["redis:7"], logGroupArns: [logs], secretArns: [], parameterArns: [] };

    expect(executionPolicy(needs).Statement).to.deep.equal([logStatement]);
  });
});

describe("taskTrust", () => {
  it("trusts ECS for tasks of this account and region only", () => {
    expect(taskTrust({ accountId: "686831565523", region: "eu-central-1" }).Statement).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["sts:AssumeRole"],
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": "686831565523" },
          ArnLike: { "aws:SourceArn": "arn:aws:ecs:eu-central-1:686831565523:*" },
        },
      },
    ]);
  });
});

describe("ecrRepositoryArn", () => {
  it("knows no repository for images of other registries", () => {
    expect(["redis", "ghcr.io/a/b:v1", "public.ecr.aws/x/y:1"].map(ecrRepositoryArn)).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

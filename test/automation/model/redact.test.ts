import { expect } from "chai";
import * as fc from "fast-check";
import { redact } from "../../../automation/model/redact";

/** A secret nobody could mistake for a word of the text around it. */
const secret = fc.stringMatching(/^[A-Za-z0-9_+/-]{12,30}$/).map((text) => `Zq9${text}`);

/** Where secrets stand in logs and answers. */
const places: Readonly<Record<string, (value: string) => string>> = {
  "a shell's variable": (value) => `export DB_PASSWORD=${value} PORT=3000`,
  "a JSON field": (value) => `{"user":"app","dbPassword":"${value}","port":5432}`,
  "JSON within JSON": (value) => JSON.stringify({ message: JSON.stringify({ apiKey: value }) }),
  "a YAML line": (value) => `client_secret: ${value}`,
  "a quoted value": (value) => `token='${value} and more' ok`,
  "a query": (value) => `GET /callback?access_token=${value}&state=1 200`,
  "a signed URL": (value) => `https://bucket/key?X-Amz-Signature=${value}&X-Amz-Expires=60`,
  "a header": (value) => `Authorization: Bearer ${value}`,
  "a bearer without its header": (value) => `sent Bearer ${value}`,
  "a URL with credentials": (value) => `cannot connect to postgres://app:${value}@db.internal:5432/shop`,
  "AWS' secret key": (value) => `aws_secret_access_key = ${value}`,
  "a cookie": (value) => `Cookie: ${value}`,
  "a private key": (value) => `-----BEGIN RSA PRIVATE KEY-----\n${value}\n-----END RSA PRIVATE KEY-----`,
  "a private key without an end": (value) => `-----BEGIN PRIVATE KEY-----\n${value}`,
};

describe("redact", () => {
  for (const [place, text] of Object.entries(places)) {
    it(`takes a secret out of ${place}`, () => {
      fc.assert(fc.property(secret, (value) => !redact(text(value)).includes(value)));
    });
  }

  it("takes out what its own form gives away", () => {
    const texts = [
      "key AKIAIOSFODNN7EXAMPLE used",
      "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln",
      "ghp_abcdefghijklmnopqrst",
      "xoxb-1234567890-abc",
    ];

    expect(texts.map(redact)).to.deep.equal(["key [secret] used", "jwt [secret]", "[secret]", "[secret]"]);
  });

  it("leaves what explains a failure", () => {
    const texts = [
      'FATAL: password authentication failed for user "app"',
      "failed to fetch secret arn:aws:secretsmanager:eu-central-1:123456789012:secret:db-AbCdEf from secrets manager",
      "is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:aws:secretsmanager:x:1:secret:db",
      "connect ECONNREFUSED 10.0.1.7:5432",
      "(service web) (deployment ecs-svc/123) deployment failed: tasks failed to start.",
      "GET http://web.internal:3000/health by ops@example.com",
      "CannotPullContainerError: failed to resolve ref 123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:v2: not found",
    ];

    expect(texts.map(redact)).to.deep.equal(texts);
  });

  it("keeps the host of a URL with credentials", () => {
    expect(redact("postgres://app:p@ss/word@db:5432/shop refused")).to.equal(
      "postgres://[secret]@db:5432/shop refused",
    );
  });

  it("is quick with a long text of any kind", () => {
    const kinds = ["a ", "a", "a.", "a:", "http://a:", "password_", "eyJaaaaaa", "AKIA", 'token="'];
    const began = process.hrtime.bigint();

    for (const kind of kinds) redact(kind.repeat(60_000 / kind.length));

    expect(Number(process.hrtime.bigint() - began) / 1e6).to.be.lessThan(3_000);
  });
});

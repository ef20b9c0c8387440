import { expect } from "chai";
import type { Change } from "../../../../automation/model/change";
import { serviceType, taskDefinitionType } from "../../../../automation/model/release/image-difference";
import {
  commitRules,
  imageRules,
  strayChanges,
  type ReleaseRule,
} from "../../../../automation/model/release/release-rules";
import { aChange } from "../../../_helpers/a-change";

const strays = (rules: readonly ReleaseRule[], ...changes: readonly Change[]): readonly string[] =>
  strayChanges(rules, changes).map(({ op, name, properties }) => [op, name, ...properties].join(" "));

const containers = (image: string, value = "1"): string =>
  JSON.stringify([{ name: "web", image, environment: [{ name: "A", value }] }]);

const revised = (after: Readonly<Record<string, unknown>>): Change =>
  aChange({
    type: taskDefinitionType,
    op: "replace",
    name: "web-task",
    oldInputs: { cpu: "256", containerDefinitions: containers("web:1"), tagsAll: { Version: "1" } },
    newInputs: { cpu: "256", containerDefinitions: containers("web:2"), tagsAll: { Version: "2" }, ...after },
  });

const pointed = (after: Readonly<Record<string, unknown>>, special: Partial<Change> = {}): Change =>
  aChange({
    type: serviceType,
    op: "update",
    name: "web-service",
    oldInputs: { taskDefinition: "web:1", desiredCount: 2 },
    newInputs: { taskDefinition: "web:1", desiredCount: 2, ...after },
    ...special,
  });

describe("strayChanges", () => {
  it("lets images change, by a new revision and a service that points at it", () => {
    expect(strays(imageRules, revised({}), pointed({ taskDefinition: "web:2" }))).to.deep.equal([]);
  });

  it("lets the tag change in place, where the images are the same", () => {
    const tagged: Change = {
      ...revised({}),
      op: "update",
      newInputs: { ...revised({}).oldInputs, tagsAll: { Version: "2" } },
    };

    expect(strays(imageRules, tagged)).to.deep.equal([]);
  });

  it("names what else differs, and no value", () => {
    const secret = "hunter2-hunter2";

    const found = strayChanges(imageRules, [
      revised({ cpu: "512", containerDefinitions: containers("web:2", secret), __defaults: [] }),
      pointed({ taskDefinition: "web:2", desiredCount: 3 }),
    ]);

    expect(found.map(({ name, properties }) => [name, properties])).to.deep.equal([
      ["web-task", ["containerDefinitions", "cpu"]],
      ["web-service", ["desiredCount"]],
    ]);
    expect(JSON.stringify(found)).not.to.contain(secret);
  });

  for (const change of [
    aChange({ type: serviceType, op: "replace", name: "web-service" }),
    aChange({ type: serviceType, op: "create", name: "web-service" }),
    aChange({ type: serviceType, op: "delete", name: "web-service" }),
    aChange({ type: taskDefinitionType, op: "delete", name: "web-task" }),
    aChange({ type: taskDefinitionType, op: "create", name: "web-task" }),
    aChange({ type: "aws:lb/listener:Listener", op: "update", name: "http" }),
    aChange({ type: "aws:lb/listener:Listener", op: "other", name: "http" }),
    aChange({ type: "pulumi:providers:aws", op: "update", name: "aws" }),
    aChange({ type: "slipway:services:Cluster", op: "delete", name: "cluster", custom: false }),
    aChange({ type: "aws:lb/listener:Listener", op: "same", name: "http", wasProtected: true }),
  ]) {
    it(`lets neither kind of run ${change.op} ${change.type}${change.wasProtected ? " without its protection" : ""}`, () => {
      const named = [`${change.op} ${change.name}`];

      expect([strays(imageRules, change), strays(commitRules, change)]).to.deep.equal([named, named]);
    });
  }

  it("lets what stays stay, and the stack write its outputs", () => {
    const changes = [
      aChange({ type: "aws:lb/listener:Listener", op: "same" }),
      aChange({ type: "aws:lb/listener:Listener", op: "read" }),
      aChange({ type: "pulumi:pulumi:Stack", op: "update", custom: false }),
    ];

    expect([strays(imageRules, ...changes), strays(commitRules, ...changes)]).to.deep.equal([[], []]);
  });

  it("lets a commit change the count of a service and move its scaling", () => {
    const scaling = ["aws:appautoscaling/target:Target", "aws:appautoscaling/policy:Policy"];

    expect([
      strays(commitRules, pointed({ desiredCount: 3 })),
      ...scaling.map((type) => strays(commitRules, aChange({ type, op: "create" }), aChange({ type, op: "delete" }))),
    ]).to.deep.equal([[], [], []]);
  });

  it("lets a commit change no image, and no limits of the scaling", () => {
    const limits = aChange({ type: "aws:appautoscaling/target:Target", op: "update", name: "web-scaling" });

    expect(strays(commitRules, revised({}), pointed({ taskDefinition: "web:2" }), limits)).to.deep.equal([
      "replace web-task",
      "update web-service taskDefinition",
      "update web-scaling",
    ]);
  });
});

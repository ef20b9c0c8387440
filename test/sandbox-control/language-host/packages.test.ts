import { expect } from "chai";
import { pluginOf, programDependencies, requiredPlugins } from "../../../sandbox/language-host/packages";

describe("pluginOf", () => {
  it("knows the plugin of an SDK package by its name, or by what the package says", () => {
    expect([
      pluginOf({ name: "@pulumi/aws", version: "7.48.0", pulumi: { resource: true } }),
      pluginOf({ name: "@other/thing", version: "1.0.0", pulumi: { resource: true, server: "https://get.example" } }),
      pluginOf({
        name: "docker-classic",
        version: "3.0.0",
        pulumi: { resource: true, name: "docker", version: "v3.6.1" },
      }),
    ]).to.deep.equal([
      { name: "aws", version: "v7.48.0", server: "" },
      { name: "other/thing", version: "v1.0.0", server: "https://get.example" },
      { name: "docker", version: "v3.6.1", server: "" },
    ]);
  });

  it("knows none for an ordinary package", () => {
    expect([
      pluginOf({ name: "zod", version: "4.0.0" }),
      pluginOf({ name: "@pulumi/pulumi", version: "3.0.0", pulumi: { resource: false } }),
    ]).to.deep.equal([undefined, undefined]);
  });
});

describe("requiredPlugins", () => {
  it("finds the providers of this project from the folder of its program", () => {
    expect(requiredPlugins("infra").map(({ name }) => name)).to.include.members(["aws", "awsx", "random"]);
  });
});

describe("programDependencies", () => {
  it("tells installed versions", () => {
    expect(programDependencies("infra").find(({ name }) => name === "@pulumi/random")).to.deep.equal({
      name: "@pulumi/random",
      version: "4.21.2",
    });
  });
});

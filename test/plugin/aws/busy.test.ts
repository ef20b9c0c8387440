import { expect } from "chai";
import { removeWhenFree } from "../../../sandbox/plugin/aws/busy";
import type { HandlerContext } from "../../../sandbox/plugin/handler";

const awsError = (name: string): Error => Object.assign(new Error(name), { name });

/** Looks three times, without waiting. */
const context = {
  until: async (ready: () => Promise<unknown>, seconds: number, what: string) => {
    for (let look = 0; look < 3; look++) {
      const result = await ready();
      if (result !== undefined) return result;
    }
    throw new Error(`timeout: ${what} (${seconds} s)`);
  },
} as unknown as HandlerContext;

const failing = (...errors: readonly Error[]) => {
  const left = [...errors];
  return async () => {
    const error = left.shift();
    if (error) throw error;
  };
};

const outcome = (remove: () => Promise<void>): Promise<unknown> =>
  removeWhenFree(remove, context, "sg-1").then(
    () => "removed",
    (error: Error) => error.message,
  );

describe("removeWhenFree", () => {
  it("tries again while something still uses the resource", async () => {
    expect(await outcome(failing(awsError("DependencyViolation"), awsError("DependencyViolation")))).to.equal(
      "removed",
    );
  });

  it("takes a resource that is gone for removed", async () => {
    expect(await outcome(failing(awsError("InvalidGroup.NotFound")))).to.equal("removed");
  });

  it("does not insist where AWS refuses for good", async () => {
    expect(await outcome(failing(awsError("OperationNotPermittedException"), awsError("x")))).to.equal(
      "OperationNotPermittedException",
    );
  });

  it("throws AWS' own refusal when its patience ends", async () => {
    const always = async () => {
      throw awsError("DependencyViolation");
    };

    expect(await outcome(always)).to.equal("DependencyViolation");
  });
});

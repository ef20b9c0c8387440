import { expect } from "chai";
import fc from "fast-check";
import { randomPassword } from "../../../sandbox/session/password";

describe("randomPassword", () => {
  it("always fulfils the database's policy, whatever chance gives", () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (numbers) => {
        const password = randomPassword((below) => Number(numbers.next().value) % below);

        expect(password).to.have.length.of.at.least(16);
        expect(password)
          .to.match(/[a-z]/)
          .and.match(/[A-Z]/)
          .and.match(/[0-9]/)
          .and.match(/[^a-zA-Z0-9]/);
        expect(password).to.not.match(/[/@" ]/);
      }),
    );
  });

  it("is another one every time", () => {
    expect(new Set(Array.from({ length: 50 }, () => randomPassword())).size).to.equal(50);
  });
});

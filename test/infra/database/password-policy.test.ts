import { expect } from "chai";
import fc from "fast-check";
import { passwordFaults } from "../../../infra/database/password-policy";

describe("passwordFaults", () => {
  const cases: readonly (readonly [password: string, faults: readonly string[]])[] = [
    ["MySecure!Prod#DB2025", []],
    ["Sh0rt!", ["at least 16 characters"]],
    ["mysecure!prod#db2025", ["an upper case letter"]],
    ["MYSECURE!PROD#DB2025", ["a lower case letter"]],
    ["MySecure!Prod#DBnext", ["a digit"]],
    ["MySecureProdDB2025xx", ["a special character"]],
    ["MySecure/Prod#DB2025", ['no /, @, " or space']],
    ["MySecure@Prod#DB2025", ['no /, @, " or space']],
    ['MySecure"Prod#DB2025', ['no /, @, " or space']],
    ["MySecure Prod#DB2025", ['no /, @, " or space']],
    ["MySecure!Prod#DB202é", ["printable ASCII characters only"]],
    [`Aa1!${"x".repeat(125)}`, ["at most 128 characters"]],
    ["", ["at least 16 characters", "an upper case letter", "a lower case letter", "a digit", "a special character"]],
  ];
  for (const [password, faults] of cases) {
    it(`finds ${faults.length === 0 ? "nothing" : faults.join(", ")} in "${password.slice(0, 24)}"`, () => {
      expect(passwordFaults(password)).to.deep.equal(faults);
    });
  }

  it("says the same about every password that breaks the same rules, so nothing of it can be read back", () => {
    const lowerCaseOnly = fc.stringMatching(/^[a-z]{16,40}$/);
    fc.assert(
      fc.property(lowerCaseOnly, (password) => {
        expect(passwordFaults(password)).to.deep.equal(["an upper case letter", "a digit", "a special character"]);
      }),
    );
  });
});

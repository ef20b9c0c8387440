// Dots to look at while the tests run, and mocha's own JSON report (option `output`) to count from afterwards.
const { reporters } = require("mocha");

module.exports = class DotsAndReport {
  constructor(runner, options) {
    new reporters.Dot(runner, options);
    new reporters.JSON(runner, options);
  }
};

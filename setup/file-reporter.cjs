// A line for each test file and every failure as soon as it is there, for runs that take long; and mocha's own JSON
// report (option `output`) to count from. Options `failures` and `minutes` say when a run is given up: a sandbox that
// does not come to rest lets all further tests fail, each after a long wait.
const { reporters, Runner } = require("mocha");

const longestText = 6_000;
const lastProcessesMs = 30_000;

module.exports = class FilesAndReport {
  constructor(runner, options) {
    this.report = new reporters.JSON(runner, options);
    const { failures, minutes, output } = options.reporterOption;
    const given = { failures: Number(failures), minutes: Number(minutes) };
    const { EVENT_SUITE_BEGIN, EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_END, EVENT_RUN_END } = Runner.constants;
    let isGivenUp = false;
    const [start, files] = [performance.now(), new Map()];
    const countOf = (test) => {
      const file = test.file?.split("/test/sandbox/")[1] ?? "?";
      if (!files.has(file)) {
        sayFile(files);
        files.set(file, { passed: 0, failed: 0, start: performance.now() });
      }
      return files.get(file);
    };
    // What is done before its first test is a part of a file's time.
    runner.on(EVENT_SUITE_BEGIN, (suite) => void (suite.file && countOf(suite)));
    runner.on(EVENT_TEST_PASS, (test) => (countOf(test).passed += 1));
    runner.on(EVENT_TEST_FAIL, (test, error) => {
      countOf(test).failed += 1;
      const text = String(error.stack ?? error).slice(0, longestText);
      console.log(`FAILED: ${test.fullTitle()}\n${text}\n`);
      if (!isGivenUp && runner.failures >= given.failures) giveUp();
    });
    runner.on(EVENT_TEST_END, (test) => {
      if (isGivenUp || performance.now() - start < given.minutes * 60_000) return;
      isGivenUp = true;
      runner.fail(test, new Error(`All this takes more than ${given.minutes} minutes.`), true);
      giveUp();
    });
    runner.on(EVENT_RUN_END, () => {
      sayFile(files);
      // It is let go of: only a process that something else keeps comes to its end.
      setTimeout(() => {
        console.log(`The run is over, and ${process.getActiveResourcesInfo().join(", ")} keep it: ${output}`);
        process.exit(1);
      }, lastProcessesMs).unref();
    });
    const giveUp = () => {
      isGivenUp = true;
      console.log("The rest is not run.");
      runner.abort();
    };
  }
};

/** What the newest file has come to. */
function sayFile(files) {
  const [newest] = [...files].slice(-1);
  if (newest === undefined) return;
  const [file, { passed, failed, start }] = newest;
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`   ${file}: ${passed} passed${failed > 0 ? `, ${failed} FAILED` : ""}, ${seconds} s`);
}

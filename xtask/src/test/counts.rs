//! How many passed and failed, read from what the test runners print.

use std::ops::Add;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
}

impl Counts {
    pub const NONE: Self = Self { passed: 0, failed: 0 };
    pub const PASSED: Self = Self { passed: 1, failed: 0 };
    pub const FAILED: Self = Self { passed: 0, failed: 1 };

    /// Adds a line like `test result: ok. 5 passed; 0 failed; …`.
    pub fn read_cargo(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else { return };
        let count = |word: &str| {
            let before =
                result.split([';', '.']).find_map(|part| part.trim().strip_suffix(word))?;
            before.trim().parse::<usize>().ok()
        };
        self.passed += count("passed").unwrap_or(0);
        self.failed += count("failed").unwrap_or(0);
    }

    /// Adds a line like `# pass 5`, as Node's test runner ends in its `tap` form.
    pub fn read_node(&mut self, line: &str) {
        let count = |word: &str| line.strip_prefix(word)?.trim().parse::<usize>().ok();
        self.passed += count("# pass ").unwrap_or(0);
        self.failed += count("# fail ").or_else(|| count("# cancelled ")).unwrap_or(0);
    }

    /// A runner that failed without a failed test (it did not compile, it died) has failed once.
    pub fn or_failed_unless(self, succeeded: bool) -> Self {
        if succeeded || self.failed > 0 { self } else { self + Self::FAILED }
    }
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(add: impl Fn(&mut Counts, &str), lines: &[&str]) -> Counts {
        let mut counts = Counts::NONE;
        lines.iter().for_each(|line| add(&mut counts, line));
        counts
    }

    #[test]
    fn cargo_lines_are_summed() {
        let lines = [
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
            "test counting ... 4 passed; 9 failed",
        ];
        assert_eq!(read(Counts::read_cargo, &lines), Counts { passed: 15, failed: 2 });
    }

    #[test]
    fn node_lines_are_summed() {
        let lines = ["# tests 4", "# pass 2", "# fail 1", "# cancelled 1", "# skipped 0"];
        assert_eq!(read(Counts::read_node, &lines), Counts { passed: 2, failed: 2 });
    }

    #[test]
    fn a_runner_that_died_counts_as_one_failure() {
        assert_eq!(Counts::PASSED.or_failed_unless(false), Counts { passed: 1, failed: 1 });
        assert_eq!(Counts::FAILED.or_failed_unless(false), Counts::FAILED);
        assert_eq!(Counts::PASSED.or_failed_unless(true), Counts::PASSED);
    }
}

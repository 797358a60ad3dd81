//! How far a task is: `[2/6] …`, and what a finished step cost.

use std::time::Instant;

/// The numbered steps of one task.
#[derive(Debug)]
pub struct Steps {
    number: usize,
    total: usize,
    started: Instant,
}

impl Steps {
    pub fn new(total: usize) -> Self {
        Self { number: 0, total, started: Instant::now() }
    }

    /// Announces the next step.
    pub fn next(&mut self, what: &str) {
        self.number += 1;
        self.started = Instant::now();
        println!("[{}/{}] {what}", self.number, self.total);
    }

    /// Says how the step ended, with its time when that is worth a word.
    pub fn done(&self, what: &str) {
        let seconds = self.started.elapsed().as_secs_f64();
        if seconds < 1.0 {
            println!("      {what}");
        } else {
            println!("      {what} ({seconds:.1} s)");
        }
    }
}

/// A remark inside a step.
pub fn note(what: &str) {
    println!("      {what}");
}

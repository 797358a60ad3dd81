//! Running other programs, so that each failure names the program and what can be done about it.

use std::env;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, ErrorKind};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Error, Result, anyhow, bail};

/// Runs the program with its output shown, and fails unless it succeeds.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.stdin(Stdio::null()).status().map_err(|e| not_started(command, &e))?;
    succeeded(command, status)
}

/// Runs the program and shows what it says only if it fails.
pub fn run_silently(command: &mut Command) -> Result<()> {
    let output = command.stdin(Stdio::null()).output().map_err(|e| not_started(command, &e))?;
    if !output.status.success() {
        eprint!("{}", String::from_utf8_lossy(&output.stdout));
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
    }
    succeeded(command, output.status)
}

/// Runs the program and gives what it printed; its complaints are shown.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| not_started(command, &e))?;
    succeeded(command, output.status)?;
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` printed no readable text", shown(command)))
}

/// Runs the program with its output both shown and handed on line by line; true when it succeeded.
pub fn watched(command: &mut Command, mut line: impl FnMut(&str)) -> Result<bool> {
    watched_quietly(command, |text| {
        println!("{text}");
        line(text);
    })
}

/// Runs the program with its output only handed on; true when it succeeded.
pub fn watched_quietly(command: &mut Command, mut line: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|e| not_started(command, &e))?;
    let stdout = child.stdout.take().context("a child without the output asked for")?;
    for text in BufReader::new(stdout).split(b'\n') {
        let text = String::from_utf8_lossy(&text?).into_owned();
        line(&text);
    }
    Ok(child.wait()?.success())
}

/// Runs the program, but ends it when the limit has passed.
pub fn run_for(command: &mut Command, limit: Duration) -> Result<()> {
    let mut child = command.stdin(Stdio::null()).spawn().map_err(|e| not_started(command, &e))?;
    match wait_until(&mut child, Instant::now() + limit)? {
        Some(status) => succeeded(command, status),
        None => {
            child.kill().ok();
            child.wait().ok();
            bail!("`{}` had not finished after {} s", shown(command), limit.as_secs())
        }
    }
}

fn wait_until(child: &mut Child, end: Instant) -> Result<Option<ExitStatus>> {
    while Instant::now() < end {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(Duration::from_millis(100));
    }
    Ok(None)
}

/// The first of the programs that PATH holds.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let name = format!("{name}{}", env::consts::EXE_SUFFIX);
        folders.iter().map(|folder| folder.join(&name)).find(|file| file.is_file())
    })
}

fn succeeded(command: &Command, status: ExitStatus) -> Result<()> {
    if status.success() { Ok(()) } else { Err(anyhow!("`{}` failed ({status})", shown(command))) }
}

fn not_started(command: &Command, error: &io::Error) -> Error {
    let program = command.get_program().to_string_lossy();
    match error.kind() {
        ErrorKind::NotFound => anyhow!("the program `{program}` was not found"),
        _ => anyhow!("the program `{program}` could not be started: {error}"),
    }
}

fn shown(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words: Vec<_> =
        [name].into_iter().chain(command.get_args()).map(OsStr::to_string_lossy).collect();
    let text = words.join(" ");
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
